#!/bin/sh
# Builds .venv with everything that requirements-dev.txt pins. Does nothing, without network, where that is done already.
set -eu
cd "$(dirname "$0")/.."

stamp=.venv/.complete
wanted=$(cksum <requirements-dev.txt)

if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$wanted" ] && .venv/bin/python -c '' 2>/dev/null; then
    exit 0
fi

fail() {
    echo "$1" >&2
    exit 1
}

is_recent() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

has_venv() {
    "$1" -c 'import ensurepip, venv' >/dev/null 2>&1
}

# A name may exist and still fail, as version managers' shims do, so each is asked.
find_python() {
    recent=
    for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
        is_recent "$candidate" || continue
        recent=$candidate
        has_venv "$candidate" || continue
        python=$candidate
        return
    done
    if [ -n "$recent" ]; then
        fail "$recent has no venv module, which the setup needs. On Debian or Ubuntu: apt install python3-venv"
    fi
    fail "Python 3.11 or newer is needed, and ${PYTHON:-python3} is $(version_of "${PYTHON:-python3}"). Install one, or name it: make PYTHON=/path/to/python3"
}

version_of() {
    "$1" -c 'import sys; print("Python %d.%d" % sys.version_info[:2])' 2>/dev/null || echo "not there"
}

find_python
echo "Building the virtual environment with $("$python" --version), once; this takes a minute ..."
# From scratch, and without the stamp until all is there: an interrupted build is never taken for a finished one.
rm -rf .venv
"$python" -m venv .venv || fail "The virtual environment could not be made; what $python said is above."
.venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r requirements-dev.txt ||
    fail "The packages could not be installed; what pip said is above. Run the same command again to go on."
echo "$wanted" >"$stamp"
