from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import pytest

from tests.sandbox.calls import create, get, post


@pytest.fixture
def three(sandbox):
    """Our three people, in the order in which they were entered."""
    create(
        sandbox,
        first_name="Sophie",
        last_name="Martin",
        title="Engineer",
        current_company="Atelier Numérique",
        location="Lyon",
        linkedin_profile="https://www.linkedin.com/in/sophie-martin",
        tags=["Rust"],
        contact_type=["candidate"],
        email="sophie@example.com",
    )
    create(
        sandbox,
        first_name="Karim",
        last_name="Haddad",
        title="Head of Data",
        current_company="Baltic Freight",
        location="Marseille",
        tags=["Rust", "SQL"],
        contact_type=["client"],
    )
    create(sandbox, first_name="Ana", last_name="Kowalska", title="Recruiter", location="Łódź")
    return sandbox


def names(reply):
    assert reply.status == 200, reply.body
    return [contact["first_name"] for contact in reply.json["data"]]


def listed(sandbox, **parameters):
    return get(sandbox, f"/contacts?{urlencode(parameters)}")


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ("sophie", ["Sophie"]),
        ("Sophie Martin", ["Sophie"]),
        ("phie mar", ["Sophie"]),
        ("KOWALSKA", ["Ana"]),
        ("numerique", ["Sophie"]),
        ("NUMÉRIQUE", ["Sophie"]),
        ("Sóphie", ["Sophie"]),
        ("head of", ["Karim"]),
        ("https://www.linkedin.com/in/sophie-martin", ["Sophie"]),
        ("sophie@example.com", []),
        ("Martin Sophie", []),
        ("nobody", []),
        ("", ["Ana", "Karim", "Sophie"]),
    ],
)
def test_search_looks_into_name_company_title_and_linkedin(three, search, found):
    assert names(listed(three, search=search)) == found
    assert names(post(three, "/contacts/search", {"query": search})) == found


@pytest.mark.parametrize(
    ("criteria", "found"),
    [
        ({}, ["Ana", "Karim", "Sophie"]),
        ({"name": "karim had"}, ["Karim"]),
        ({"title": "ENGINEER"}, ["Sophie"]),
        ({"company": "freight"}, ["Karim"]),
        ({"location": "lyon"}, ["Sophie"]),
        ({"tags": ["rust"]}, ["Karim", "Sophie"]),
        ({"tags": ["SQL", "none"]}, ["Karim"]),
        ({"tags": []}, ["Ana", "Karim", "Sophie"]),
        ({"contact_types": ["candidate"]}, ["Sophie"]),
        ({"query": "a", "tags": ["rust"], "location": "marseille"}, ["Karim"]),
        ({"name": "sophie", "company": "freight"}, []),
        ({"sort_by": "first_name", "sort_direction": "asc"}, ["Ana", "Karim", "Sophie"]),
        ({"sort_by": "last_name"}, ["Sophie", "Ana", "Karim"]),
        ({"sort_by": "created_at", "sort_direction": "asc"}, ["Sophie", "Karim", "Ana"]),
        ({"limit": 1, "offset": 1}, ["Karim"]),
    ],
)
def test_the_search_call_combines_its_criteria(three, criteria, found):
    assert names(post(three, "/contacts/search", criteria)) == found


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("created_at", ["Sophie", "Karim", "Ana"]),
        ("-created_at", ["Ana", "Karim", "Sophie"]),
        ("updated_at", ["Sophie", "Karim", "Ana"]),
        ("first_name", ["Ana", "Karim", "Sophie"]),
        ("-last_name", ["Sophie", "Ana", "Karim"]),
    ],
)
def test_the_list_is_sorted_as_asked(three, sort, found):
    assert names(listed(three, sort=sort)) == found


def test_a_list_comes_in_pages(three):
    first, last = listed(three, limit=2), listed(three, limit=2, offset=2)

    assert names(first) + names(last) == ["Ana", "Karim", "Sophie"]
    assert first.json["meta"] == {"total": 3, "limit": 2, "offset": 0, "has_more": True}
    assert last.json["meta"] == {"total": 3, "limit": 2, "offset": 2, "has_more": False}


def test_a_page_holds_fifty_unless_asked(three):
    assert listed(three).json["meta"] == {"total": 3, "limit": 50, "offset": 0, "has_more": False}
    assert listed(three, limit=100).json["meta"]["limit"] == 100


def test_days_bound_the_list_by_their_first_moment(three):
    today = datetime.fromisoformat(three.contacts()[0]["created_at"]).astimezone(UTC).date()
    tomorrow = (today + timedelta(days=1)).isoformat()
    after_tomorrow = (today + timedelta(days=2)).isoformat()

    # The three may have been entered around midnight, so only what holds then, too, is claimed.
    assert len(names(listed(three, created_after=today, created_before=after_tomorrow))) == 3
    assert names(listed(three, created_after=after_tomorrow)) == []
    assert names(listed(three, created_before=today)) == []
    assert "Sophie" in names(listed(three, created_before=tomorrow))
    assert names(post(three, "/contacts/search", {"created_after": after_tomorrow})) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("limit", "0"),
        ("limit", "101"),
        ("limit", "-1"),
        ("limit", "ten"),
        ("limit", "1.5"),
        ("offset", "-1"),
        ("offset", "x"),
        ("created_after", "yesterday"),
        ("created_after", "2025-02-30"),
        ("created_before", "2025-01-01T00:00:00Z"),
        ("sort", "email"),
        ("sort", "--created_at"),
    ],
)
def test_a_wrong_parameter_is_refused_by_name(sandbox, name, value):
    reply = listed(sandbox, **{name: value})

    assert reply.status == 400
    assert reply.error["code"] == "validation_error"
    assert reply.error["message"].startswith(f"{name}: ")


@pytest.mark.parametrize(
    ("path", "criteria"),
    [
        ("query", {"query": 7}),
        ("name", {"name": None}),
        ("contact_types", {"contact_types": "candidate"}),
        ("tags.0", {"tags": [7]}),
        ("created_after", {"created_after": "today"}),
        ("sort_by", {"sort_by": "email"}),
        ("sort_direction", {"sort_direction": "up"}),
        ("limit", {"limit": 101}),
        ("limit", {"limit": "10"}),
        ("limit", {"limit": True}),
        ("offset", {"offset": -1}),
        ("body", []),
    ],
)
def test_a_wrong_criterion_is_refused_by_name(sandbox, path, criteria):
    reply = post(sandbox, "/contacts/search", criteria)

    assert reply.status == 400
    assert reply.error["message"].startswith(f"{path}: ")


def test_companies_are_found_by_name(sandbox):
    reply = get(sandbox, f"/companies?{urlencode({'search': 'numerique', 'limit': 5})}")

    assert [company["name"] for company in reply.json["data"]] == ["Atelier Numérique"]
    assert reply.json["data"][0]["id"]
    assert reply.json["meta"] == {"total": 1, "limit": 5, "offset": 0, "has_more": False}


def test_companies_come_in_pages(sandbox):
    reply = get(sandbox, "/companies?limit=2")

    assert len(reply.json["data"]) == 2
    assert reply.json["meta"]["has_more"] is True
    assert get(sandbox, "/companies?limit=0").status == 400


def test_tags_have_the_documented_keys(sandbox):
    reply = get(sandbox, "/tags")

    assert reply.json["data"]
    assert all(tag.keys() == {"id", "name", "color", "scope"} for tag in reply.json["data"])
    assert {tag["scope"] for tag in reply.json["data"]} <= {"global", "contact", "company", "deal", "project"}
    assert reply.json["meta"]["total"] == len(reply.json["data"])


def test_custom_fields_have_the_documented_keys(sandbox):
    reply = get(sandbox, "/contacts/custom-fields")

    keys = {"id", "key", "label", "type", "options", "is_required", "position"}
    assert all(definition.keys() == keys for definition in reply.json["data"])
    types = {definition["type"]: definition["options"] for definition in reply.json["data"]}
    assert types.keys() == {"text", "number", "boolean", "select", "date"}
    assert all(option.keys() == {"value", "label"} for option in types["select"])
