"""The dearest requests that are accepted: each kind of input at its largest, in the worst shapes."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote
from uuid import uuid4

from bench.shapes import CARD, CARDS, SHAPES, characters, filled
from contacts.contact import CUSTOM_KEYS_MOST, CUSTOM_VALUE_MOST, FIELDS, ITEMS_MOST, TEXT_MOST, Kind, names_of
from contacts.reading.parsing import CARD_MOST, MOST
from tests.entry_form import typed_form

# A body holds this much, less what frames it.
BODY_MOST = 1024 * 1024 - 4096
# gunicorn takes 4,094 bytes of a request's first line, and 100 headers of 8,190.
LINE_MOST, HEADER_MOST, HEADERS_MOST = 4000, 8000, 90
FIELDS_MOST = 990
FILE = (
    '--b\r\nContent-Disposition: form-data; name="then"\r\n\r\nread\r\n'
    '--b\r\nContent-Disposition: form-data; name="file"; filename="card.vcf"\r\n\r\n'
)


@dataclass(frozen=True, slots=True)
class Ask:
    """One request, of `who`."""

    name: str
    who: str
    method: str
    path: str
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)


def asks(submission: str) -> Iterator[Ask]:
    """All of them."""
    yield from _forms(submission)
    yield from _pastes()
    yield from _searches(submission)
    yield from _many(submission)


def answers(submission: str) -> Iterator[Ask]:
    """What shows a contact that Leonar has returned with 10,000 items in each of its seven lists."""
    page = f"/submissions/{submission}/"
    for who in ("recruiter", "admin"):
        yield Ask(f"record of 10,000 items in each list, {who}", who, "GET", page)
    yield Ask("state of 10,000 items in each list", "admin", "GET", f"{page}status.json")
    admin = f"/admin/contacts/submission/{submission}/change/"
    yield Ask("admin's page of 10,000 items in each list", "admin", "GET", admin)


def _forms(submission: str) -> Iterator[Ask]:
    for shape, unit in SHAPES.items():
        whole = full_form(unit)
        for name, path in (("entry", "/contacts/new/"), ("live", "/contacts/new/live/")):
            yield Ask(f"{name}: every field full of {shape}", "recruiter", "POST", path, whole)
    for shape in ("one long word", "marks", "digits", "phones", "words"):
        whole = full_form(SHAPES[shape])
        for name in ("in-leonar", "recent"):
            yield Ask(f"{name}: every field full of {shape}", "recruiter", "POST", f"/contacts/new/{name}/", whole)
        for then in ("fix phone", "dismiss x", "unpin", "clear", "another", "place"):
            yield Ask(f"entry, {then}: full of {shape}", "recruiter", "POST", "/contacts/new/", whole | {"then": then})
        yield Ask(f"draft: full of {shape}", "recruiter", "POST", "/drafts/keep/", whole)
        yield Ask(f"correct: full of {shape}", "recruiter", "POST", f"/submissions/{submission}/correct/", whole)
        yield Ask(f"signed out, entry: full of {shape}", "nobody", "POST", "/contacts/new/", whole)
    for shape, value in _json_values().items():
        rows = custom_rows(lambda _place, value=value: value, kind="json")
        for name, path in (("entry", "/contacts/new/"), ("live", "/contacts/new/live/")):
            yield Ask(f"{name}: custom data of {shape}", "recruiter", "POST", path, typed_form() | rows)
    long_items = {name: items(f"{'{}'}x", FIELDS[name].most) for name in names_of(Kind.TEXTS)}
    yield _enter("entry: every list item long", long_items)
    for rows in ("emails", "phones"):
        many = {f"{rows}-{place}-{rows[:-1]}": f"a{place}@b.co" for place in range(FIELDS_MOST - 10)}
        yield _enter(f"entry: {FIELDS_MOST} rows of {rows}", many | {f"{rows}-TOTAL_FORMS": str(FIELDS_MOST)})
        one = {f"{rows}-0-{rows[:-1]}": filled("a@b.co, ", BODY_MOST // 2)}
        yield _enter(f"entry: many {rows} in one control", one)
    for name in (
        "asked",
        "dismissed",
        "marked",
        "pinned",
        "facts",
        "leftover",
        "leftover_to",
        "form_proof",
        "revision",
    ):
        for shape in ("words", "digits", "brackets"):
            text = filled(SHAPES[shape], BODY_MOST // 3)
            yield _enter(f"entry: {name} of {shape}", {name: text})
        many_values = [(name, f"{place}") for place in range(FIELDS_MOST - 20)]
        body = [*typed_form().items(), *many_values]
        yield Ask(f"entry: {name} many times", "recruiter", "POST", "/contacts/new/", body)
        yield Ask(f"live: {name} many times", "recruiter", "POST", "/contacts/new/live/", body)
    leftovers = [
        ("then", "place"),
        *[(n, v) for _ in range(480) for n, v in (("leftover", "x" * 500), ("leftover_to", "title"))],
    ]
    yield Ask("entry: many pieces placed", "recruiter", "POST", "/contacts/new/", [*typed_form().items(), *leftovers])


def full_form(unit: str) -> dict[str, object]:
    """Every field at its limit in characters, and below a body's in bytes."""
    body = typed_form()
    for each in FIELDS.values():
        match each.kind:
            case Kind.TEXT | Kind.LINK | Kind.ID | Kind.ENUM | Kind.INTEGER:
                body[each.name] = characters(unit, min(each.most, TEXT_MOST))
            case Kind.TEXTS:
                body[each.name] = ", ".join(characters(unit, 40) or unit for _ in range(ITEMS_MOST))
            case Kind.ADDRESSES:
                for place in range(each.items_most):
                    body[f"{each.name}-{place}-{each.single}"] = characters(unit, TEXT_MOST)
                    body[f"{each.name}-{place}-type"] = characters(unit, 200)
    size = sum(len(quote(str(text))) + len(name) + 2 for name, text in body.items())
    each_most = max(10, (BODY_MOST - size) // (CUSTOM_KEYS_MOST * 3 * max(1, len(unit.encode()) // len(unit))) // 2)
    return body | custom_rows(lambda _place: characters(unit, min(each_most, CUSTOM_VALUE_MOST)), kind="text")


def custom_rows(value: Callable[[int], str], *, kind: str) -> dict[str, object]:
    """All rows of custom data."""
    rows: dict[str, object] = {"custom_data-TOTAL_FORMS": str(CUSTOM_KEYS_MOST)}
    for place in range(CUSTOM_KEYS_MOST):
        rows[f"custom_data-{place}-key"] = f"k{place}"
        rows[f"custom_data-{place}-value"] = value(place)
        rows[f"custom_data-{place}-type"] = kind
    return rows


def items(form: str, most: int) -> str:
    """As many items as a list may have, each as long as it may be, each another."""
    return ", ".join(form.format(place).ljust(most, "x") for place in range(ITEMS_MOST))


def _json_values() -> dict[str, str]:
    deep = 4000
    return {
        "deep lists": "[" * deep + "]" * deep,
        "deep objects": '{"a":' * 1500 + "1" + "}" * 1500,
        "open brackets": "[" * 9000,
        "digits": "1" * 4200,
        "fractions": "0." + "1" * 9000,
        "exponents": "1e" + "9" * 300,
        "many keys": json.dumps({str(n): n for n in range(700)}),
        "many items": json.dumps(list(range(1800))),
        "escapes": '"' + "\\u00e9" * 1600 + '"',
    }


def _pastes() -> Iterator[Ask]:
    for shape, unit in SHAPES.items():
        for frame, made in (
            ("", filled(unit, MOST - 10)),
            (", named", "Sophie Martin\n" + filled(unit, MOST - 40)),
            (", in lines", filled(filled(unit, 290) + "\n", MOST - 400)),
        ):
            yield _read(f"paste: {shape}{frame}", made)
    for shape, unit in CARDS.items():
        yield _read(f"card: {shape}", CARD.format(filled(unit, CARD_MOST // 4)))
        one, _colon, rest = unit.partition(":")
        yield _read(f"card, one line: {shape}", CARD.format(f"{one}:" + filled(rest or "a", MOST - 200)))
    yield _read("card: many", filled("BEGIN:VCARD\nEND:VCARD\n", MOST - 100))
    for name, line in (("folded", "A" * 70), ("unfolded", "A" * 1_000_000), ("as lines", "TEL:1" + "1" * 60)):
        body = FILE.encode() + CARD.format(filled(f"{line}\n ", CARD_MOST - 100)).encode() + b"\r\n--b--\r\n"
        headers = {"Content-Type": "multipart/form-data; boundary=b"}
        yield Ask(f"a file with a picture, {name}", "recruiter", "POST", "/contacts/new/", body, headers)


def _read(name: str, text: str) -> Ask:
    return _enter(name, {"then": "read", "paste": text})


def _enter(name: str, typed: dict[str, object]) -> Ask:
    """The entry form posted with these values."""
    return Ask(name, "recruiter", "POST", "/contacts/new/", typed_form() | typed)


def shortened(text: str, size: int = LINE_MOST - 200) -> str:
    """As much of the text as an address has room for, quoted."""
    quoted = "".join(map(quote, text[:size]))
    return quoted[:size].rpartition("%")[0] if "%" in quoted[size - 3 : size] else quoted[:size]


def _searches(submission: str) -> Iterator[Ask]:
    for shape, unit in SHAPES.items():
        text = filled(unit, BODY_MOST // 12)
        short = shortened(text)
        asked = {"q": text, "tag": text, "source": text, "state": text}
        yield Ask(f"history asked for {shape}", "admin", "POST", "/submissions/", asked)
        yield Ask(f"history of {shape}", "admin", "GET", f"/submissions/?q={short}")
        yield Ask(f"privacy of {shape}", "admin", "POST", "/privacy/person/", {"known_by": text})
    for shape in ("one long word", "words", "digits", "marks", "at signs", "semicolons"):
        text = filled(SHAPES[shape], BODY_MOST // 6)
        short = shortened(text)
        yield Ask(f"export of {shape}", "admin", "GET", f"/submissions/export.csv?q={short}")
        yield Ask(f"workbook of {shape}", "admin", "GET", f"/submissions/export.xlsx?q={short}")
        yield Ask(f"cursor of {shape}", "admin", "GET", f"/submissions/?cursor={short}")
        yield Ask(f"words of {shape}", "admin", "GET", f"/submissions/?words={short}")
        yield Ask(f"tag of {shape}", "admin", "GET", f"/submissions/?tag={short}")
        yield Ask(f"state of {shape}", "admin", "GET", f"/submissions/?state={short}")
        yield Ask(f"view of {shape}", "admin", "POST", f"/submissions/views/?tag={short}", {"name": text})
        yield Ask(f"events of {shape}", "admin", "GET", f"/events/?entry={short}&below={short[:50]}")
        yield Ask(f"events' export of {shape}", "admin", "GET", f"/events/export.csv?group={short}")
        yield Ask(f"insights of {shape}", "admin", "GET", f"/insights/?days={short}")
        yield Ask(f"suggestions for {shape}", "recruiter", "GET", f"/suggestions/?field=tags&q={short}")
        yield Ask(f"companies for {shape}", "recruiter", "GET", f"/suggestions/?field=current_company&q={short}")
        yield Ask(f"entry prefilled with {shape}", "recruiter", "GET", f"/contacts/new/?title={short}")
        yield Ask(f"admin's list of {shape}", "admin", "GET", f"/admin/contacts/submission/?q={short}")
        yield Ask(f"admin's accounts of {shape}", "admin", "GET", f"/admin/accounts/user/?q={short}")
        yield Ask(f"admin's events of {shape}", "admin", "GET", f"/admin/contacts/event/?q={short}")
        yield Ask(f"one person's data of {shape}", "admin", "POST", "/privacy/person/data/", {"known_by": text})
        yield Ask(f"erasing {shape}", "admin", "POST", "/privacy/person/erase/", {"known_by": text})
        record = f"/submissions/{submission}"
        yield Ask(f"pick {shape}", "admin", "POST", f"{record}/pick/", {"typed_id": text, "revision": text})
        yield Ask(f"discard {shape}", "admin", "POST", f"{record}/discard/", {"note": text, "revision": "1"})
    many_words = "+".join(f"w{place}" for place in range(700))
    yield Ask("history of many words", "admin", "GET", f"/submissions/?q={many_words}")
    most_words = " ".join(f"w{n}" for n in range(50_000))
    yield Ask("history asked for many words", "admin", "POST", "/submissions/", {"q": most_words})
    yield Ask("privacy of many words", "admin", "POST", "/privacy/person/", {"known_by": most_words})
    yield Ask("admin's list of many words", "admin", "GET", f"/admin/contacts/submission/?q={many_words}")
    yield Ask("admin's accounts of many words", "admin", "GET", f"/admin/accounts/user/?q={many_words}")
    yield Ask("admin's events of many words", "admin", "GET", f"/admin/contacts/event/?q={many_words}")
    yield Ask("many parameters", "recruiter", "GET", "/contacts/new/?" + "&".join(f"a{n}=1" for n in range(550)))
    yield Ask("many equal parameters", "recruiter", "GET", "/contacts/new/?" + "tags=a&" * 560)
    yield Ask("many parameters of history", "admin", "GET", "/submissions/?" + "state=created&" * 280)
    for query in ("", "?sort=oldest", "?twin=on&check=on&corrected=on", "?state=needs"):
        yield Ask(f"history{query}", "admin", "GET", f"/submissions/{query}")
    for page in (
        "/submissions/export.csv",
        "/submissions/export.xlsx",
        "/events/",
        "/events/export.csv",
        "/insights/",
        "/privacy/",
    ):
        yield Ask(page, "admin", "GET", page)
    for page in (
        "",
        "accounts/user/",
        "accounts/user/add/",
        "contacts/submission/",
        "contacts/event/",
        "contacts/attempt/",
    ):
        yield Ask(f"admin {page}", "admin", "GET", f"/admin/{page}")
    yield Ask("admin: all at once", "admin", "GET", "/admin/contacts/submission/?all=")
    yield Ask("admin: all events at once", "admin", "GET", "/admin/contacts/event/?all=")


def _many(submission: str) -> Iterator[Ask]:
    for act in ("check_again", "send_again", "discard"):
        ids = [
            ("act", act),
            ("note", filled("why ", BODY_MOST // 3)),
            *[("ids", f"{uuid4()}:1") for _ in range(FIELDS_MOST - 10)],
        ]
        yield Ask(f"act on many: {act}", "admin", "POST", "/submissions/act/", ids)
    twice = [("act", "discard"), ("note", "x"), *[("ids", f"{submission}:1")] * (FIELDS_MOST - 10)]
    yield Ask("act on one many times", "admin", "POST", "/submissions/act/", twice)
    digits = [("act", "discard"), ("note", "x"), ("ids", f"{submission}:" + "1" * (BODY_MOST // 2))]
    yield Ask("act on one of a long revision", "admin", "POST", "/submissions/act/", digits)
    digits = [("act", "discard"), ("note", "x"), *[("ids", f"{submission}:" + "1" * 1000)] * (FIELDS_MOST - 100)]
    yield Ask("act on many of long revisions", "admin", "POST", "/submissions/act/", digits)
    selected = [("action", "unlock_sign_in"), *[("_selected_action", str(n)) for n in range(FIELDS_MOST - 10)]]
    yield Ask("admin: an action on many", "admin", "POST", "/admin/accounts/user/", selected)
