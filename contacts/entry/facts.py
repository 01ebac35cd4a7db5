"""How a contact was entered, in a few small numbers that come with the form; nothing of what was entered.

They are a browser's word: taken where they make sense, else nothing is known.
"""

import json

from contacts.reading.readers import READERS

# What is told, and the most that makes sense of it.
MOST = {
    # From the first key or paste to the press.
    "seconds": 86_400,
    "keys": 100_000,
    "pastes": 1_000,
    # Hints and possible duplicates that stood on the page, and the hints that were followed.
    "hints": 100,
    "heeded": 100,
    "twins": 100,
    # How often the form was pressed: 1 is the first try.
    "presses": 1_000,
    # By reader: values that it read out of what was pasted, and those of them that were changed before the press.
    **{f"{what}_{reader.NAME}": 1_000 for what in ("read", "corrected") for reader in READERS},
}
_LENGTH_MOST = 800


def read(text: str) -> dict[str, int] | None:
    """The facts in `text`; None where it is anything else."""
    if not text or len(text) > _LENGTH_MOST:
        return None
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or not set(told) <= set(MOST):
        return None
    if not all(type(number) is int and 0 <= number <= MOST[name] for name, number in told.items()):
        return None
    return told or None
