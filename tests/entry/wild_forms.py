"""Entry forms as no person fills them in, for property tests: mostly valid, full of what copied text brings along."""

import json
from collections.abc import Mapping

from django.http import QueryDict
from hypothesis import strategies as st

ROWS = {"emails": 5, "phones": 5, "custom_data": 5}

# Spaces that are none, marks that nobody sees, halves of characters, letters that change their length with their case.
ODD = "\x00\x07\t\n\r\v\x1c\x85\xa0\xad\u061c\u200b\u200c\u200d\u200e\u202e\u2028\u2066\u3000\ufeff\ud800\udfff\uffff"
LETTERS = "abXYZ éßçœÉñřłİı ЖцΣς 佐藤 علی नि 👩‍💻 e\u0301 \u037e ，；"
SIGNS = "-_.'\"`´’&()[]{}<>@#%/\\|?!=+*:~^$€,;"

odd_text = st.text(st.sampled_from(ODD + LETTERS + SIGNS) | st.characters(exclude_categories=[]), max_size=30)
plain_text = st.text(st.sampled_from(LETTERS + "-.'’"), min_size=1, max_size=30)
text = st.one_of(plain_text, plain_text, odd_text, st.just(""), st.text("é", min_size=95, max_size=101))
names = st.sampled_from(["Sophie", " Karim\u00a0", "Ana\u200b", "Zoë", "Nguyễn", "李", "O’Neil", "x" * 100, "é" * 100])


def _mostly(good: st.SearchStrategy[str], bad: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.integers(0, 39).flatmap(lambda number: bad if number == 7 else good)


def _joined(*parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(*parts).map("".join)


_around = st.sampled_from(["", "", "", " ", "\u00a0", "\u200b", "\ufeff", "\t"])
_atom = st.sampled_from(["sophie", "s.m", "o'neil", "a+b", "_", "x" * 64, "!#$%&*/=?^`{|}~"])
_host = st.sampled_from(
    [
        *[
            "acme.example",
            "a.co",
            "EXAMPLE.COM",
            "münchen.example",
            "faß.example",
            "例え.example",
            "a-b.x1.museum",
            "xn--mnchen-3ya.example",
        ],
        "x" * 63 + ".example",
        ".".join(["x" * 60] * 3) + ".example",
    ]
)
_bad_host = st.sampled_from(
    [
        *[
            "localhost",
            "a..b.com",
            ".a.com",
            "-a.com",
            "a-.com",
            "a.c",
            "a.1",
            "1.2.3.4",
            "[::1]",
            "a_b.com",
            "exa℀mple.com",
            "a.com/",
            "ä..com",
            "a\u200cb.com",
        ],
        "x" * 64 + ".example",
        "ä" * 64 + ".example",
        ".".join(["x" * 63] * 4) + ".example",
    ]
)
_bad_atom = st.sampled_from([".a", "a.", "a..b", "", "é", '"a b"', "a@b", "x" * 65, "a,b", "a b", "<"])
_address = _joined(_atom, st.just("@"), _host)
_bad_address = _joined(_bad_atom, st.just("@"), _host) | _joined(_atom, st.just("@"), _bad_host) | odd_text
emails = _mostly(
    st.one_of(
        _joined(_around, _address, _around),
        _joined(st.just("mailto:"), _address, st.sampled_from(["", "?subject=x"])),
        _joined(st.sampled_from(["Sophie <", '"Martin, Sophie" <', "<"]), _address, st.sampled_from([">", ">,", "; "])),
    ),
    _bad_address,
)

_numbers = st.sampled_from(
    [
        *["06 12 34 56 78", "+33 (0)6.12.34.56.78", "0033612345678", "+49 30 901820 ext. 12", "+44 20 7946 0958 x9"],
        *["tel:+33-6-12-34-56-78", "٠٦١٢٣٤٥٦٧٨", "０６１２３４５６７８", "+1 800 FLOWERS", "Tél. : 0612345678"],
        *["112", "nº 7", "+", ","],
    ]
)
phones = st.one_of(_joined(_around, _numbers, _around), _numbers, odd_text, st.text("+0123456789 ()-.x;#", max_size=25))

_uri_host = st.sampled_from(
    [
        "acme.example",
        "münchen.example:8080",
        "u:p@a.example",
        "[::1]",
        "[2001:db8::1]:80",
        "my_site.example",
        "A.EXAMPLE.",
    ]
)
_bad_uri_host = st.sampled_from(
    [
        *[
            "[::1",
            "[v1.x]",
            "[fe80::1%eth0]",
            "a.example:port",
            "a.example:99999999",
            "x@y@z",
            "a..b",
            "℀.example",
            "]",
            "a[1]",
            "%zz",
            "\\",
        ],
        *["", "a b", "ä" * 70, "x" * 300 + "é"],
    ]
)
_path = st.sampled_from(
    ["", "/", "/in/x", "/é/%e9/%zz?q=[1]&r=ü#a#b", "//x", "/a b", "?", "#", "/%", "/\U0001f600", "/'()*"]
)
_slug = st.sampled_from(["sophie-martin", "José", "a%C3%A9", "a%zz", "%", "佐藤", "x?y", "x#y", "x/details/", ".."])
links = _mostly(
    st.one_of(
        _joined(_around, st.sampled_from(["in/", "/in/", "linkedin.com/in/", "HTTPS://FR.LinkedIn.com/IN/"]), _slug),
        _joined(st.sampled_from(["https://", "HTTP://"]), _uri_host, _path.filter(lambda path: " " not in path)),
        st.sampled_from(["acme.example", "acme.example/team", "münchen.example/é", "", "", ""]),
    ),
    _joined(st.sampled_from(["https://", "", "ftp://", "javascript:", "//"]), _uri_host | _bad_uri_host, _path)
    | odd_text,
)

_item = st.sampled_from(["Rust", "rust", "RUST ", "C++", "Français", "x" * 100]) | text.map(lambda item: item[:60])
lists = st.builds(str.join, st.sampled_from([", ", ",", ";", "\n", "\t", "\r\n"]), st.lists(_item, max_size=4))
ids = _mostly(
    st.sampled_from(["", ""]) | st.uuids().map(str) | st.uuids().map(lambda value: f" {{{value.hex.upper()}}}\u200b"),
    odd_text | st.text("0123456789abcdef-_+", min_size=30, max_size=38),
)
_whole = st.integers(-(2**53), 2**53).map(str) | st.sampled_from(["7", " 1\u00a0234 ", "٧", "７", "+7", "007"])
years = _mostly(
    st.just("") | _whole, st.sampled_from(["9" * 5000, "7.5", "seven", "1e3", "--1", "9" * 17, "²", "½"]) | odd_text
)
statuses = _mostly(st.sampled_from(["", "new", "contacted", "replied", "qualified", "archived"]), odd_text)
address_types = st.sampled_from(["", "", "work", "personal", "Assistant", " other\u00a0"]) | odd_text

_json = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
    | plain_text,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(plain_text, inner, max_size=3),
    max_leaves=6,
)
# Texts that cleaning would change: only JSON can carry them.
_raw_text = st.sampled_from(["", " a ", "a\u200bb", "a\nb", "e\u0301", "\ufeff"])
_json_text = (_json | _raw_text).map(json.dumps)
_bad_json = st.sampled_from(
    [
        *["null", "NaN", "[Infinity]", "1e999", '"\\u0000"', '"\\ud800"', '{"\\udfff": 1}', "{", "'a'", "", "[1,]"],
        *["[" * 60 + "]" * 60, "[" * 20000, "9" * 5000, '{"a": NaN}', '{"a":' * 5000],
    ]
)
_number_text = (
    st.floats(allow_nan=False, allow_infinity=False).map(repr) | _whole | st.sampled_from(["3,5", "1e3", "-0.0"])
)
_bad_number = st.sampled_from(
    ["1e999", "1e-999", "9" * 400, "1,500", "nan", "inf", "0x10", "1_000", "1e99999", "3.5.1", "٫"]
)
typed_values = st.one_of(
    st.tuples(st.just("text") | st.just(""), text),
    st.tuples(st.just("number"), _mostly(_number_text, _bad_number)),
    st.tuples(st.just("boolean"), st.sampled_from(["yes", "No", "TRUE", " 0 ", "oui\u200b"])),
    st.tuples(st.just("json"), _mostly(_json_text, _bad_json)),
    st.tuples(st.sampled_from(["text", "number", "boolean", "json"]), st.just("")),
)


def _rarely(rows: st.SearchStrategy[dict[str, str]], most: int) -> st.SearchStrategy[dict[int, dict[str, str]]]:
    return st.dictionaries(st.integers(0, most - 1), rows, max_size=3)


_email_rows = _rarely(st.fixed_dictionaries({"email": emails, "type": address_types}), ROWS["emails"])
_phone_rows = _rarely(st.fixed_dictionaries({"phone": phones, "type": address_types}), ROWS["phones"])
_custom_rows = _rarely(
    st.tuples(plain_text | plain_text | odd_text, typed_values).map(
        lambda pair: {"key": pair[0] if pair[1][1] else "", "type": pair[1][0], "value": pair[1][1]}
    ),
    ROWS["custom_data"],
)
_single = st.fixed_dictionaries(
    {"first_name": _mostly(names, text)},
    optional={
        "last_name": _mostly(names, text),
        "title": text,
        "current_company": text,
        "location": text,
        "linkedin_profile": links,
        "contact_type": lists,
        "tags": lists,
        "skills": lists,
        "languages": lists,
        "source": text,
        "company_id": ids,
        "global_status": statuses,
        "do_not_contact": st.sampled_from(["on", "true", "", "false"]),
        "years_experience": years,
    },
)


def _posted(single: dict[str, str], rows: Mapping[str, Mapping[int, Mapping[str, str]]]) -> QueryDict:
    data = QueryDict(mutable=True)
    data.update(single)
    for prefix, count in ROWS.items():
        data[f"{prefix}-TOTAL_FORMS"] = str(count)
        data[f"{prefix}-INITIAL_FORMS"] = "0"
        for place, row in rows[prefix].items():
            data.update({f"{prefix}-{place}-{name}": value for name, value in row.items()})
    return data


filled_in = st.builds(
    _posted,
    _single,
    st.fixed_dictionaries({"emails": _email_rows, "phones": _phone_rows, "custom_data": _custom_rows}),
)

_field_names = st.sampled_from(
    [
        *[
            "first_name",
            "tags",
            "global_status",
            "form_token",
            "years_experience",
            "company_id",
            "linkedin_profile",
            "do_not_contact",
        ],
        *["emails-0-email", "emails-4-type", "emails-7-email", "emails-٣-email", "emails--1-email", "phones-1-phone"],
        *[
            "custom_data-0-key",
            "custom_data-0-value",
            "custom_data-0-type",
            "custom_data-99-key",
            "custom_data-999999999-key",
        ],
    ]
)
_counters = st.sampled_from(["1000", "-1", "", "abc", "0", "5", "9" * 5000, "٥", "1e3", "5.0", "\x00", "\ud800"])
_counter_names = st.sampled_from(
    [
        f"{prefix}-{name}"
        for prefix in ROWS
        for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS")
    ]
)


def _garbled(values: dict[str, list[str]], counters: dict[str, str]) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, several in values.items():
        data.setlist(name, several)
    data.update(counters)
    return data


_anything = st.one_of(odd_text, emails, phones, links, lists, years, _bad_json, _bad_number)
garbage = st.builds(
    _garbled,
    st.dictionaries(_field_names | odd_text, st.lists(_anything, max_size=3), max_size=12),
    st.dictionaries(_counter_names, _counters, max_size=6),
)
