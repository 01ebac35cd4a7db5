"""Where faults are planted, and which tests are to notice."""

from pathlib import Path

PROJECT_ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = ("contacts/delivery", "contacts/leonar")
# Those of `make quick`, which passes what it leaves out; asked first, and the rest for what these don't notice.
NEAREST = ("tests/delivery", "tests/leonar")
MARKED = "not slow and not browser"


def sources() -> list[str]:
    """The files, in one order."""
    return sorted(
        str(path.relative_to(PROJECT_ROOT)) for package in PACKAGES for path in (PROJECT_ROOT / package).glob("*.py")
    )


def rest() -> list[str]:
    """The tests that are not among the nearest."""
    folders = (str(path.parent.relative_to(PROJECT_ROOT)) for path in PROJECT_ROOT.glob("tests/*/__init__.py"))
    return sorted(folder for folder in folders if folder not in (*NEAREST, "tests/browser", "tests/mutation"))
