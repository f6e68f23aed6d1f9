#!/bin/sh
# Makes the virtual environment and installs what a lock file names, checked against its hashes.
set -eu
root=$1
lock=$2
venv="$root/.venv"

find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11 python; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    echo "✗ 没有找到 Python 3.11 或更新的版本。请先安装（Debian: apt install python3 python3-venv）。" >&2
    echo "  Python 3.11 or newer was not found. Install it first (Debian: apt install python3 python3-venv)." >&2
    exit 1
}

if [ ! -x "$venv/bin/pip" ]; then
    python=$(find_python)
    echo "== 建立虚拟环境 / making the virtual environment ($("$python" -V))"
    if ! "$python" -m venv "$venv"; then
        echo "✗ 这台机器的 Python 没有 venv 模块。Debian/Ubuntu 上请运行：apt install python3-venv" >&2
        echo "  This Python lacks the venv module. On Debian/Ubuntu: apt install python3-venv" >&2
        rm -rf "$venv"
        exit 1
    fi
fi
echo "== 安装依赖 / installing ($lock)"
"$venv/bin/pip" install --quiet --disable-pip-version-check --no-input --require-hashes -r "$root/$lock" 2>&1 |
    grep -v "is neither a file nor a directory" || true
"$venv/bin/pip" install --quiet --disable-pip-version-check --no-input --no-deps --no-build-isolation -e "$root" 2>&1 |
    grep -v "is neither a file nor a directory" || true
if ! "$venv/bin/python" -c "import django, goodfaith"; then
    echo "✗ 依赖没有装全，请检查网络（需要能访问 Python 包的下载源）后再运行一次。" >&2
    echo "  Installation is incomplete. Check that the package index can be reached, then run again." >&2
    exit 1
fi
