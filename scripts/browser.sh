#!/bin/sh
# The browser that the browser tests drive: Debian's Chromium, installed when we may.
set -eu
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then
        sudo=""
    elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        sudo="sudo -n"
    else
        sudo="no"
    fi
    if [ "$sudo" != "no" ]; then
        echo "== 安装浏览器 / installing Chromium for the browser tests"
        export DEBIAN_FRONTEND=noninteractive
        { $sudo apt-get update -qq && $sudo apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk; } >/dev/null 2>&1 && exit 0
    fi
fi
echo "！没有 Chromium，也无权安装：浏览器测试将被跳过。请安装 chromium 后再运行 make test。"
echo "! No Chromium and no right to install it: the browser tests will be skipped. Install chromium, then run make test again."
