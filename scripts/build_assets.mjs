// Builds src/goodfaith/faces/static_src into src/goodfaith/faces/assets: style sheets, scripts, fonts, marks.
// Everything is bundled from packages in package-lock.json; a page fetches nothing from elsewhere.
import { build } from "esbuild";
import { cp, mkdir, readFile, readdir, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const source = join(root, "src/goodfaith/faces/static_src");
const target = join(root, "src/goodfaith/faces/assets");
const fresh = `${target}.new-${process.pid}`;

// Browsers of the last three years, and the Chromium that government desktops carry.
const browsers = ["chrome108", "firefox110", "safari16"];

// Every browser above reads WOFF2, so the WOFF copies stay out.
const onlyWoff2 = {
  name: "only-woff2",
  setup(esbuild) {
    esbuild.onLoad({ filter: /@fontsource.*\.css$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replace(/,\s*url\([^)]*\.woff\)\s*format\('woff'\)/g, ""),
      loader: "css",
    }));
  },
};

const common = {
  bundle: true, minify: true, legalComments: "none", logLevel: "warning", target: browsers, absWorkingDir: root,
  loader: { ".woff2": "file", ".svg": "file" }, assetNames: "fonts/[name]", outdir: fresh, outbase: source, plugins: [onlyWoff2],
};

await rm(fresh, { recursive: true, force: true });
await mkdir(fresh, { recursive: true });
await Promise.all([
  build({ ...common, entryPoints: ["app", "fonts"].map((name) => join(source, `css/${name}.css`)) }),
  build({ ...common, format: "iife", entryPoints: ["app", "charts", "proof", "theme", "passkey", "review"].map((name) => join(source, `js/${name}.js`)) }),
  cp(join(source, "img"), join(fresh, "img"), { recursive: true }),
]);
await cp(join(root, "node_modules/@fontsource-variable/noto-sans-sc/LICENSE"), join(fresh, "fonts/LICENSE-noto-sans-sc.txt"));
await cp(join(root, "node_modules/@fontsource/noto-serif-sc/LICENSE"), join(fresh, "fonts/LICENSE-noto-serif-sc.txt"));
await rm(target, { recursive: true, force: true });
await rename(fresh, target);
console.log(`assets: ${(await readdir(target, { recursive: true })).length} files`);
