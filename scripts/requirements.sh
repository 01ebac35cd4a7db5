#!/bin/sh
# Pins requirements*.in, exactly and with hashes, for every platform and every Python from 3.11 on.
set -eu
cd "$(dirname "$0")/.."

# uv resolves for all platforms at once, which pip can't; it lives in an environment of its own, outside the pins.
tools=var/uv
[ -x "$tools/bin/uv" ] || { .venv/bin/python -m venv "$tools" && "$tools/bin/python" -m pip install --quiet uv; }

for name in requirements requirements-dev; do
    "$tools/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --output-file "$name.txt" "$name.in" "$@"
done
