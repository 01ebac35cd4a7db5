#!/bin/sh
# Makes sure that there is a Chromium for the browser tests; installs Debian's where that is possible.
set -eu

is_there() {
    for name in ${CHROMIUM:-chromium chromium-browser google-chrome google-chrome-stable}; do
        if command -v "$name" >/dev/null 2>&1; then
            return 0
        fi
    done
    return 1
}

is_there && exit 0

if [ -z "${CHROMIUM:-}" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests ..."
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq && apt-get install -y -qq chromium >/dev/null && is_there && exit 0
    echo "Chromium could not be installed; what apt-get said is above." >&2
fi

echo "The browser tests need Chromium. On Debian: sudo apt install chromium" >&2
echo "Elsewhere install Chromium or Google Chrome, or name the program: make test CHROMIUM=/path/to/chromium" >&2
exit 1
