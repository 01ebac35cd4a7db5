"""The client against the sandbox, which has its own reading of the contract: the two must understand each other."""

from datetime import UTC, datetime, timedelta

import pytest

from contacts.leonar import errors
from contacts.leonar.client import LeonarClient
from tests.sandbox_process import SandboxProcess

KEY = "leo_test_key"
ANA = {
    "first_name": "Ana",
    "last_name": "Kowalska",
    "emails": [{"email": "ana.kowalska@example.com", "type": "work"}, {"email": "ana@example.org", "type": "personal"}],
    "phones": [{"phone": "+48221234567", "type": "work"}],
    "title": "Ingénieure",
    "current_company": "Example Works",
    "location": "Łódź",
    "linkedin_profile": "https://www.linkedin.com/in/ana-kowalska",
    "contact_type": ["candidate"],
    "tags": ["Rust", "東京"],
    "source": "linkedin",
    "company_id": "7a0f4f0e-52a3-4f3a-9d5b-0c6f7a1e2b3c",
    "custom_data": {"note": "met in Łódź", "score": 4.5, "open": True},
    "global_status": "new",
    "do_not_contact": False,
    "years_experience": 7,
    "skills": ["Rust", "SQL"],
    "languages": ["Polish", "French"],
}
KARIM = {"first_name": "Karim", "email": "karim.haddad@example.com", "phone": "+33612345678"}


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory):
    with SandboxProcess(tmp_path_factory.mktemp("sandbox")) as sandbox:
        yield sandbox


@pytest.fixture
def client(sandbox):
    sandbox.reset()
    return LeonarClient(base_url=sandbox.api_url, api_key=KEY)


def test_whole_contacts_are_taken_and_come_back(client, sandbox):
    for sent in (ANA, KARIM):
        made = client.create_contact(sent)

        same = {"first_name", "last_name", "title", "location", "linkedin_profile", "custom_data", "years_experience"}
        assert {name: made.data[name] for name in same & set(sent)} == {name: sent[name] for name in same & set(sent)}
    assert [line["body"] for line in sandbox.ledger()] == [ANA, KARIM]


def test_the_rate_headers_are_understood(client):
    first, second = (client.create_contact(KARIM).answer.rate_limit for _ in range(2))

    assert first.limit == 2000
    assert second.remaining == first.remaining - 1
    assert 1 <= second.reset_in <= 3660


def test_a_mistake_names_its_field(client):
    with pytest.raises(errors.Invalid) as invalid:
        client.create_contact({"first_name": "Karim", "emails": [{"email": "a@example.com"}, {"email": "not one"}]})

    assert invalid.value.field == "emails.1.email"
    assert invalid.value.message
    assert invalid.value.detail == "HTTP 400 validation_error"


def test_a_wrong_key_is_refused(sandbox):
    with pytest.raises(errors.KeyRefused) as refused:
        LeonarClient(base_url=sandbox.api_url, api_key="wrong").create_contact(KARIM)

    assert refused.value.detail == "HTTP 401 invalid_api_key"


def test_a_wrong_address_is_noticed(sandbox):
    with pytest.raises(errors.AddressWrong):
        LeonarClient(base_url=f"{sandbox.url}api/v7", api_key=KEY).create_contact(KARIM)


def test_a_search_finds_what_was_created_newest_first(client):
    ids = [client.create_contact(ANA).data["id"] for _ in range(3)]
    client.create_contact(KARIM)
    yesterday = datetime.now(UTC).date() - timedelta(days=1)

    found = client.search_contacts(search="Ana Kowalska", created_after=yesterday)
    page = client.search_contacts(search="Ana Kowalska", limit=2)
    by_address = client.search_contacts(search=ANA["linkedin_profile"])
    later = client.search_contacts(search="Ana Kowalska", created_after=yesterday + timedelta(days=3))

    assert [contact["id"] for contact in found.data] == ids[::-1]
    assert (len(page.data), page.has_more, found.has_more) == (2, True, False)
    assert len(by_address.data) == 3
    assert later.data == []


def test_the_lists_that_help_to_fill_in_the_form_are_read(client):
    client.create_contact(ANA)

    tags, companies, fields = client.tags(), client.companies(search=""), client.custom_fields()

    assert {"Rust", "東京"} <= {tag["name"] for tag in tags.data}
    assert all({"id", "name"} <= set(company) for company in companies.data)
    assert all({"id", "key", "label", "type"} <= set(definition) for definition in fields.data)
    assert fields.data


@pytest.mark.parametrize(
    ("rule", "kind", "created"),
    [
        ({"mode": "drop_before_reading"}, errors.ConnectionLost, 0),
        ({"mode": "drop_after_creating"}, errors.ConnectionLost, 1),
    ],
    ids=lambda value: value["mode"] if isinstance(value, dict) else None,
)
def test_a_dropped_connection_is_never_taken_for_unsent(client, sandbox, rule, kind, created):
    sandbox.misbehave(calls=1, only="POST /contacts", **rule)

    with pytest.raises(kind):
        client.create_contact(KARIM)

    assert len(sandbox.contacts()) == created


def test_a_used_up_limit_says_when_to_come_back(client, sandbox):
    sandbox.limit_rate(limit=1)
    try:
        client.create_contact(KARIM)
        with pytest.raises(errors.RateLimited) as limited:
            client.create_contact(KARIM)
    finally:
        sandbox.limit_rate(limit=2000)

    assert 1 <= limited.value.retry_after <= 3660
