#!/bin/sh
# Builds the style sheets, scripts and fonts, with this machine's Node.js or the one that comes as a wheel.
set -eu
root=$1
cd "$root"
if command -v npm >/dev/null 2>&1 && node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 18)' 2>/dev/null; then
    npm=npm
    node=node
else
    echo "== 这台机器没有 Node.js，安装自带的一份 / no Node.js here, installing one as a package"
    "$root/.venv/bin/pip" install --quiet --disable-pip-version-check --no-input --require-hashes \
        -r "$root/requirements-assets.lock"
    npm="$root/.venv/bin/npm"
    node="$root/.venv/bin/node"
    PATH="$root/.venv/bin:$PATH"
    export PATH
fi
echo "== 构建页面样式 / building assets"
"$npm" ci --ignore-scripts --no-audit --no-fund --loglevel=error
"$node" scripts/build_assets.mjs
