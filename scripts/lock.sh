#!/bin/sh
# Renews the lock files: versions and hashes, no addresses. Needs uv (pip install uv).
set -eu
cd "$1"
uv() {
    "${UV:-.venv/bin/uv}" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
        --no-emit-index-url --no-annotate "$@"
}
uv pyproject.toml scripts/build.in -o requirements.lock
uv pyproject.toml scripts/build.in --extra dev -c requirements.lock -o requirements-dev.lock
uv pyproject.toml --extra assets -c requirements.lock -o requirements-assets.lock
