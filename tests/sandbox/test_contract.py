import pytest

from leonar_sandbox.samples import COMPANIES
from tests.sandbox.calls import create, post

ADDRESS = {"email": "sophie@example.com"}
NUMBER = {"phone": "+33612345678"}
STRINGS = ["last_name", "email", "phone", "title", "current_company", "location", "linkedin_profile", "source"]
ARRAYS = ["emails", "phones", "contact_type", "tags", "skills", "languages"]
ENTRIES = ["contact_type", "tags", "skills", "languages"]
EVERY_FIELD = {
    "first_name": "Sophie",
    "last_name": "Martin",
    "email": "sophie@example.com",
    "emails": [ADDRESS | {"type": "work"}, {"email": "sm@example.org", "type": "personal"}],
    "phone": "+33612345678",
    "phones": [NUMBER | {"type": "work"}, {"phone": "01 23 45 67 89", "type": "personal"}],
    "title": "Engineer",
    "current_company": "Atelier Numérique",
    "location": "Lyon",
    "linkedin_profile": "https://www.linkedin.com/in/sophie-martin",
    "contact_type": ["candidate"],
    "tags": ["Rust", "Relocates"],
    "source": "linkedin",
    "company_id": COMPANIES[0]["id"],
    "custom_data": {"notice_period": "1_month", "anything": {"nested": [1, None, "x"]}},
    "global_status": "new",
    "do_not_contact": False,
    "years_experience": 7,
    "skills": ["Rust", "SQL"],
    "languages": ["French", "English"],
}


def violations():
    """Field path that must be named, and the fields that break the contract there."""
    yield from (("first_name", {"first_name": value}) for value in (None, 7, True, ["Sophie"], "", "  ", "a" * 101))
    yield "last_name", {"last_name": "a" * 101}
    yield from ((name, {name: value}) for name in STRINGS for value in (None, 7, True, ["a"], {"a": 1}))
    yield from ((name, {name: value}) for name in ARRAYS for value in (None, 7, "a", {"0": "a"}))
    yield from ((f"{name}.1", {name: ["a", value]}) for name in ENTRIES for value in (None, 7, ["a"], {}))
    yield from (("email", {"email": value}) for value in ("", "sophie", "sophie@", "sophie@example.com "))
    yield "emails", {"emails": [ADDRESS] * 6}
    yield "phones", {"phones": [NUMBER] * 6}
    yield from (
        (f"{name}.0", {name: [value]}) for name in ("emails", "phones") for value in (None, "a@example.com", 7, [])
    )
    yield "emails.1.email", {"emails": [ADDRESS, {"email": "sophie"}]}
    yield from (
        ("emails.0.email", {"emails": [value]}) for value in ({}, {"type": "work"}, {"email": None}, {"email": 7})
    )
    yield from (
        ("phones.0.phone", {"phones": [value]}) for value in ({}, {"type": "work"}, {"phone": None}, {"phone": 7})
    )
    yield from (("emails.0.type", {"emails": [ADDRESS | {"type": value}]}) for value in (None, 7, ["work"]))
    yield from (("phones.0.type", {"phones": [NUMBER | {"type": value}]}) for value in (None, 7, ["work"]))
    yield from (
        ("linkedin_profile", {"linkedin_profile": value}) for value in ("", "linkedin.com/in/x", "https://", "a b")
    )
    yield from (("tags.0", {"tags": [value]}) for value in ("", "  ", "a" * 101))
    yield from (("company_id", {"company_id": value}) for value in (None, 7, "", "42", COMPANIES[0]["id"][:-1]))
    yield from (("custom_data", {"custom_data": value}) for value in (None, 7, "a", ["a"], True))
    yield from (
        ("custom_data.notice_period", {"custom_data": {"notice_period": v}}) for v in ("2_months", 1, None, ["none"])
    )
    yield from (
        ("custom_data.expected_salary", {"custom_data": {"expected_salary": v}}) for v in ("50000", True, None, [])
    )
    yield from (("custom_data.works_remotely", {"custom_data": {"works_remotely": v}}) for v in ("yes", 1, None))
    yield from (
        ("custom_data.available_from", {"custom_data": {"available_from": v}}) for v in ("soon", "2025-02-30", 20250101)
    )
    yield from (("custom_data.referred_by", {"custom_data": {"referred_by": v}}) for v in (7, None, ["Karim"]))
    yield from (("global_status", {"global_status": value}) for value in (None, 7, "", "New", "deleted", ["new"]))
    yield from (("do_not_contact", {"do_not_contact": value}) for value in (None, 0, 1, "true", []))
    yield from (("years_experience", {"years_experience": value}) for value in (None, 7.5, 7.0, "7", True, [7]))


@pytest.mark.parametrize(("path", "fields"), list(violations()))
def test_a_violation_is_refused_and_names_its_field_first(sandbox, path, fields):
    reply = post(sandbox, "/contacts", {"first_name": "Sophie"} | fields)

    assert reply.status == 400
    assert reply.json.keys() == {"error"}
    assert reply.error["code"] == "validation_error"
    assert reply.error["message"].startswith(f"{path}: ")
    assert sandbox.contacts() == []


def test_a_bad_address_is_refused_in_the_documented_words(sandbox):
    reply = post(sandbox, "/contacts", {"first_name": "Sophie", "email": "sophie"})

    assert reply.error == {"code": "validation_error", "message": "email: Invalid email format"}


def test_a_contact_without_first_name_is_refused(sandbox):
    reply = post(sandbox, "/contacts", {"last_name": "Martin"})

    assert reply.status == 400
    assert reply.error["message"] == "first_name: Required"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"first_name=Sophie",
        b"{",
        b"[]",
        b"null",
        b'"Sophie"',
        b'{"first_name": "Sophie", "years_experience": NaN}',
        b'{"first_name": "Sophie", "custom_data": {"a": 1e999}}',
        b'{"first_name": "Soph\xefe"}',
        b'{"first_name": "Sophie \\ud800"}',
        b'{"first_name": "Sophie", "custom_data": ' + b'{"a":' * 200 + b"1" + b"}" * 200 + b"}",
        b"[" * 100_000,
    ],
)
def test_a_body_that_is_no_json_object_is_refused(sandbox, body):
    reply = post(sandbox, "/contacts", body)

    assert reply.status == 400
    assert reply.error["code"] == "validation_error"
    assert reply.error["message"].startswith("body: ")
    assert sandbox.contacts() == []


def test_a_body_over_a_megabyte_is_refused(sandbox):
    reply = post(sandbox, "/contacts", {"first_name": "Sophie", "title": "a" * 15_000_000})

    assert reply.status == 413
    assert "message" in reply.error
    assert "X-RateLimit-Limit" in reply.headers
    assert sandbox.ledger() == []


def test_a_body_without_announced_length_is_refused(sandbox):
    reply = post(sandbox, "/contacts", None, headers={"Transfer-Encoding": "chunked"})

    assert reply.status == 411
    assert "message" in reply.error


@pytest.mark.parametrize(
    "fields",
    [
        EVERY_FIELD,
        {"first_name": "a" * 100, "last_name": "b" * 100},
        {"first_name": "Zoë 李 \N{ROCKET}"},
        {"emails": [ADDRESS] * 5, "phones": [NUMBER] * 5},
        {"emails": [ADDRESS | {"type": "home office"}]},
        {"emails": [ADDRESS]},
        {"phone": "call reception, ext. 12"},
        {"tags": ["a" * 100], "skills": [], "languages": [], "contact_type": ["candidate", "client"]},
        {"years_experience": 0},
        {"years_experience": -1},
        {"title": "", "source": "x" * 5000},
        {"custom_data": {}},
        {"custom_data": {"expected_salary": 50000.5, "works_remotely": True, "available_from": "2025-01-31"}},
        {"custom_data": {"referred_by": "Karim Haddad", "notice_period": "none"}},
        {"company_id": "ffffffff-ffff-ffff-ffff-ffffffffffff"},
        {"a_key_of_tomorrow": {"a": 1}},
    ],
)
def test_what_the_contract_allows_is_created(sandbox, fields):
    contact = create(sandbox, **fields)

    assert sandbox.contacts() == [contact]


@pytest.mark.parametrize("status", ["new", "contacted", "replied", "qualified", "archived"])
def test_every_documented_status_is_taken(sandbox, status):
    assert create(sandbox, global_status=status)["global_status"] == status


def test_every_field_of_the_contract_comes_back_as_it_was_sent(sandbox):
    contact = create(sandbox, **EVERY_FIELD)

    assert {name: contact[name] for name in EVERY_FIELD} == EVERY_FIELD
