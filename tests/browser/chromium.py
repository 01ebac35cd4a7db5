"""Which Chromium the browser tests and the screenshots drive, and how it is started."""

import os
import shutil

from playwright.sync_api import Browser, Playwright

# The same programs in the same order as scripts/chromium.sh, which `make` runs first.
PROGRAMS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = [
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def launch(playwright: Playwright) -> Browser:
    """Starts it without a window. Raises RuntimeError where there is none."""
    # Chromium refuses its own sandbox to root, as which containers run.
    arguments = [*ARGUMENTS, "--no-sandbox"] if os.getuid() == 0 else ARGUMENTS
    return playwright.chromium.launch(executable_path=_find(), args=arguments)


def _find() -> str:
    names = os.environ.get("CHROMIUM", "").split() or PROGRAMS
    found = next(filter(None, map(shutil.which, names)), None)
    if found is None:
        raise RuntimeError(f"None of {', '.join(names)} is installed. On Debian: sudo apt install {PROGRAMS[0]}")
    return found
