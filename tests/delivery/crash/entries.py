"""The people whom the harness enters: most alike in something, so that a check that guesses is found out."""

import random
from itertools import count

# What tells the entries apart in Leonar's own ledger; nothing that a check looks at.
MARK = "entry"

FIRST_NAMES = ("Sophie", "Karim", "Ana")
LAST_NAMES = ("Martin", "El-Haddad", "O'Neill")
COMPANIES = ("Acme", "Baltic Freight")


def entry_of(payload: dict) -> str:
    """Which entry a payload, or a contact made of it, is."""
    return payload["custom_data"][MARK]


class Entries:
    """One form after the other, each with a mark of its own. Not safe for threads by itself."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._numbers = count(1)
        self._last: dict[str, object] | None = None

    def next(self) -> tuple[str, dict[str, object]]:
        """The mark and the form's fields: somebody of his own, a namesake, a bare name, or a twin."""
        number = next(self._numbers)
        mark = f"{number:05}"
        make = self._rng.choices([self._somebody, self._namesake, self._bare, self._twin], weights=[12, 5, 2, 1])[0]
        self._last = make(number)
        return mark, self._last | {"custom_data-0-key": MARK, "custom_data-0-value": mark}

    def _somebody(self, number: int) -> dict[str, object]:
        name = f"Martin-{number:05}"
        return {"last_name": name, "emails-0-email": f"{name.lower()}@acme.example"}

    def _namesake(self, number: int) -> dict[str, object]:
        """One of nine names, with addresses of her own."""
        return self._name() | {
            "emails-0-email": f"work-{number}@acme.example",
            "emails-0-type": "work",
            "emails-1-email": f"home-{number}@home.example",
        }

    def _bare(self, number: int) -> dict[str, object]:
        """A shared name and a shared company: nothing tells such people apart."""
        del number
        return self._name() | {"current_company": self._rng.choice(COMPANIES)}

    def _twin(self, number: int) -> dict[str, object]:
        """The person entered last, once more."""
        return dict(self._last or self._somebody(number))

    def _name(self) -> dict[str, object]:
        return {"first_name": self._rng.choice(FIRST_NAMES), "last_name": self._rng.choice(LAST_NAMES)}
