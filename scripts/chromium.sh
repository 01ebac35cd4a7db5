#!/bin/sh
# Makes sure that there is a Chromium for the browser tests; installs Debian's where that is possible.
set -eu

is_there() {
    for name in "$@"; do
        if command -v "$name" >/dev/null 2>&1; then
            return 0
        fi
    done
    return 1
}

# It has no windows to draw, and opens a page in a third of the time that the whole browser takes.
lightest=chromium-headless-shell
any="$lightest chromium chromium-browser google-chrome google-chrome-stable"

if [ -n "${CHROMIUM:-}" ]; then
    is_there $CHROMIUM && exit 0
else
    is_there $lightest && exit 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing $lightest for the browser tests ..."
        export DEBIAN_FRONTEND=noninteractive
        # A server that does not answer keeps nobody waiting for long: any other Chromium does as well.
        quickly="-qq -o Acquire::Retries=0 -o Acquire::http::Timeout=20"
        apt-get $quickly update && apt-get $quickly install -y $lightest >/dev/null ||
            echo "It could not be installed; what apt-get said is above." >&2
    fi
    is_there $any && exit 0
fi

echo "The browser tests need Chromium. On Debian: sudo apt install $lightest" >&2
echo "Elsewhere install Chromium or Google Chrome, or name the program: make test CHROMIUM=/path/to/chromium" >&2
exit 1
