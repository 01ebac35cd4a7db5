"""Requests that nobody would make: any address, method, parameter, header, cookie and body, at random from a number."""

import random
import re
import string
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from contacts.contact import FIELDS
from tests.entry_form import typed_form
from tests.json_values import WILD_TEXTS

WILD = (
    *(text.replace("\ud800", "\ufffd") for text in WILD_TEXTS),
    *("\0", "a\0b", "0", "-1", "1e999", "NaN", "²", "٣", "１", "9" * 25, "2" * 400, str(2**63), str(-(2**63) - 1)),
    *(
        "n9223372036854775807",
        "o0",
        "n" + "9" * 19,
        "v1",
        "v" + "9" * 16,
        "v²",
        "true",
        "null",
        "[]",
        "{}",
        "[[[[",
        '{"a":',
    ),
    *("0001-01-01", "9999-12-31", "10000-01-01", "1970-13-45", "../../etc/passwd", "%00", "%ff", "%2e%2e/", "\r\nX: y"),
    *(
        "<script>alert(1)</script>",
        "' OR 1=1 --",
        "{{7*7}}",
        "${jndi:ldap://x}",
        "\ufeff",
        "\u2028",
        "🙂" * 50,
        "a" * 3000,
    ),
    *(
        "0b1f7a56-8f53-4f0e-9a51-3c1a0f6b8c11",
        "0b1f7a56-8f53-4f0e-9a51-3c1a0f6b8c1",
        "{0b1f7a568f534f0e9a513c1a0f6b8c11}",
    ),
)
PARAMETERS = (
    *FIELDS,
    *("q", "words", "state", "who", "since", "until", "tag", "source", "twin", "check", "corrected", "sort", "cursor"),
    *(
        "draft",
        "from",
        "after",
        "blank",
        "field",
        "next",
        "then",
        "form_token",
        "form_proof",
        "asked",
        "revision",
        "note",
    ),
    *(
        "ids",
        "act",
        "name",
        "typed_id",
        "contact_id",
        "submission_id",
        "marked",
        "pinned",
        "paste",
        "dismissed",
        "message",
    ),
    *(
        "emails-0-email",
        "emails-TOTAL_FORMS",
        "phones-4-phone",
        "custom_data-0-key",
        "custom_data-0-value",
        "custom_data-0-type",
    ),
    *("username", "password", "code", "role", "email", "session", "credential", "uidb64", "login", "new_password1"),
    *(
        "p",
        "o",
        "e",
        "all",
        "_popup",
        "_to_field",
        "_changelist_filters",
        "state__exact",
        "kind__exact",
        "is_active__exact",
    ),
    *(
        "pk__in",
        "created_by__password__startswith",
        "groups__id__exact",
        "app_label",
        "model_name",
        "field_name",
        "term",
    ),
    *("action", "_selected_action", "index", "select_across", "form-0-id", "form-TOTAL_FORMS", "_save", "_saveasnew"),
)
HEADERS = (
    "Accept",
    "Accept-Language",
    "Accept-Encoding",
    "Referer",
    "Origin",
    "User-Agent",
    "X-Forwarded-For",
    "Range",
)
HEADERS = (
    *HEADERS,
    "If-Modified-Since",
    "If-None-Match",
    "X-Requested-With",
    "X-Request-Id",
    "Content-Length-X",
    "Cookie2",
)
METHODS = ("get", "get", "get", "post", "post", "head", "put", "options")
TYPES = (
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=b",
    "application/json",
    "text/plain",
    "x/y; charset=²",
)


@dataclass(slots=True)
class Case:
    """One request, of one of the people."""

    who: str
    method: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    body: Any = None
    content_type: str | None = None


class Generator:
    """Cases from a number: the same number gives the same ones."""

    def __init__(
        self, number: int, *, addresses: list[str], people: list[str], ids: list[str], cookies: list[str]
    ) -> None:
        self._random = random.Random(number)
        self._addresses, self._people, self._ids, self._cookies = addresses, people, ids, cookies

    def case(self) -> Case:
        """The next one."""
        pick = self._random
        case = Case(pick.choice(self._people), pick.choice(METHODS), self._path())
        if pick.random() < 0.7:
            pairs = (f"{quote(self._name())}={quote(self._value())}" for _ in range(pick.randint(1, 4)))
            case.path += "?" + "&".join(pairs)
        if pick.random() < 0.2:
            case.headers = {name: _header(self._value()) for name in pick.sample(HEADERS, pick.randint(1, 3))}
        if pick.random() < 0.15:
            case.cookies = {
                pick.choice(self._cookies): self._value()[:500].encode("utf-8", "replace").decode("latin-1")
            }
        if case.method in ("post", "put"):
            self._give_body(case)
        return case

    def _path(self) -> str:
        filled = re.sub(r"<[^>]*>", lambda _found: quote(self._value(), safe=""), self._random.choice(self._addresses))
        return "/" + re.sub(r"\^|\$|\(\?P.*?\)", "", filled)

    def _name(self) -> str:
        return self._random.choice(PARAMETERS) if self._random.random() < 0.93 else self._value()

    def _value(self) -> str:
        kind = self._random.random()
        if kind < 0.25:
            return self._random.choice(self._ids)
        if kind < 0.85:
            return self._random.choice(WILD)
        return "".join(self._random.choices(string.printable + "é\0\u200f²漢", k=self._random.randint(0, 40)))

    def _give_body(self, case: Case) -> None:
        kind = self._random.random()
        if kind < 0.55:
            fields = {self._name(): self._value() for _ in range(self._random.randint(0, 8))}
            case.body = fields if self._random.random() < 0.4 else typed_form() | fields
            return
        case.content_type = self._random.choice(TYPES)
        case.body = self._random.choice((self._value().encode(), self._random.randbytes(self._random.randint(0, 300))))


def _header(value: str) -> str:
    """What a server hands on: no line breaks, one byte a character."""
    return re.sub(r"[\r\n\0]", " ", value).encode("latin-1", "replace").decode("latin-1")[:4000]
