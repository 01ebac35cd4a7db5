"""Entry forms that nobody would post: each button of the page with each field at random, from a number."""

import random
from typing import Any
from uuid import UUID, uuid4

from tests.entry_form import ROWS
from tests.fuzz.cases import WILD

BUTTONS = ("", "", "", "", "another", "read", "place", "clear", "unpin")
AT_A_HINT = ("fix", "dismiss")
# The first of each is sound; the others make errors, hints, questions and twins, so that their ways are gone too.
LIKELY = {
    "first_name": ("Sophie", "MARTIN", "Karim", "Martin", "", " "),
    "last_name": ("Martin", "Sophie", "Haddad", ""),
    "linkedin_profile": ("https://www.linkedin.com/in/sophie-martin", "linkedin.com/in/karim", "https://[x", "sophie"),
    "location": ("Paris, France", "Lyon", "75001"),
    "title": ("Engineer", "Head of data"),
    "current_company": ("Acme", "Initech"),
    "company_id": ("0b1f7a56-8f53-4f0e-9a51-3c1a0f6b8c11", "x"),
    "years_experience": ("7", "-1", "7.5", "seven", "1e3"),
    "contact_type": ("candidate", "client", "new", "nobody"),
    "global_status": ("new", "active", "archived", "gone"),
    "do_not_contact": ("on", "false", "perhaps"),
    "source": ("Referral", "LinkedIn"),
    "tags": ("Lyon", "lyon, LYON", "senior\nremote", "x" * 300),
    "skills": ("Rust, Django", ", ,", "a," * 3000),
    "languages": ("French, English", "fr"),
    "emails-0-email": ("sophie@acme.example", "s@gmial.com", "a@b.example, c@d.example", "sophie@", "<s@acme.example>"),
    "emails-0-type": ("work", "personal", "other", "fax"),
    "emails-1-email": ("sophie@gmail.com", "SOPHIE@acme.example", ""),
    "phones-0-phone": ("06 12 34 56 78", "06 12 34", "+44 20 7946 0958", "call me"),
    "phones-0-type": ("mobile", "work", "carrier pigeon"),
    "custom_data-0-key": ("salary", "notice", "open", "team", ""),
    "custom_data-0-value": ("70000", "true", "[1, 2]", "null", "soon"),
    "custom_data-0-type": ("text", "number", "boolean", "json", "date"),
    "custom.salary": ("70000", "7e400", "much"),
    "custom.notice": ("2026-12-01", "tomorrow"),
    "custom.open": ("true", "false", "on"),
    "custom.team": ("Lyon", "Nowhere"),
    "facts": ('{"seconds": 4}', '{"keys": true}', '{"seconds": 1e9}', "[1]", '{"seconds": ' + "[" * 700, '{"x": 1}'),
    "paste": ("Sophie Martin\nEngineer | Acme\n+33 6 12 34 56 78", "FN:Sophie\nEND:VCARD", "a\tb\tc"),
    "leftover": ("Building C", "sophie@acme.example"),
    "leftover_to": ("title", "-", "emails", "custom.team", "__class__"),
    "pinned": ("tags", "source", "first_name", "custom.team"),
    "marked": ("first_name", "emails-0-email"),
    "dismissed": ("swapped", "domain:gmial.com x"),
    "since_sent": ("1",),
    "revision": ("0", "1", "7", "one"),
    "emails-TOTAL_FORMS": ("5", "0", "9", "-1", "99999999", "five"),
    "phones-INITIAL_FORMS": ("0", "3"),
}


class Forms:
    """Posted forms from a number: the same number gives the same ones, but for their tokens."""

    def __init__(self, number: int) -> None:
        self._random = random.Random(number)
        self._tokens: list[UUID] = [uuid4()]

    def body(self, *, asked: list[str], hints: list[str]) -> dict[str, Any]:
        """The next one; what an earlier page `asked` is answered now and then, and its `hints` are."""
        pick = self._random
        body: dict[str, Any] = {f"{rows}-TOTAL_FORMS": str(number) for rows, number in ROWS.items()}
        body |= {f"{rows}-INITIAL_FORMS": "0" for rows in ROWS}
        is_sound = pick.random() < 0.4
        for name in pick.sample(sorted(LIKELY), pick.randint(1, 14)):
            body[name] = self._values(name) if not is_sound else [LIKELY[name][0]]
        if is_sound:
            # What waits in the paste box is asked about.
            body = {name: value for name, value in body.items() if name != "paste"} | {"first_name": ["Sophie"]}
        return body | {"form_token": self._token(), "then": self._then(hints), "asked": self._asked(asked)}

    def one_of(self, choices: list[Any]) -> Any:
        """One of them."""
        return self._random.choice(choices)

    def _values(self, name: str) -> list[str]:
        return [self._value(name) for _ in range(self._random.choice((1, 1, 1, 3)))]

    def _value(self, name: str) -> str:
        return self._random.choice(LIKELY[name] if self._random.random() < 0.8 else WILD)

    def _then(self, hints: list[str]) -> str:
        if hints and self._random.random() < 0.4:
            return f"{self._random.choice(AT_A_HINT)} {self._random.choice(hints)}"
        if self._random.random() < 0.1:
            return f"{self._random.choice(AT_A_HINT)} {self._random.choice(WILD)}"
        return self._random.choice(BUTTONS)

    def _asked(self, asked: list[str]) -> str:
        return " ".join(asked) if self._random.random() < 0.5 else self._random.choice(WILD)

    def _token(self) -> str:
        kind = self._random.random()
        if kind < 0.1:
            return self._random.choice(WILD)
        if kind < 0.35:
            return str(self._random.choice(self._tokens))
        self._tokens.append(uuid4())
        return str(self._tokens[-1])
