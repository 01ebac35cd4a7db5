import re
import uuid
from datetime import UTC, datetime, timedelta

from tests.sandbox.calls import create, get, post

BODY_FIELDS = {
    "first_name",
    "last_name",
    "email",
    "emails",
    "phone",
    "phones",
    "title",
    "current_company",
    "location",
    "linkedin_profile",
    "contact_type",
    "tags",
    "source",
    "company_id",
    "custom_data",
    "global_status",
    "do_not_contact",
    "years_experience",
    "skills",
    "languages",
}
ADDED_FIELDS = {"id", "summary", "created_at", "updated_at", "last_contacted_at", "archived_at"}


def test_what_was_not_sent_comes_back_null(sandbox):
    contact = create(sandbox, first_name="Ana")

    assert contact.keys() >= BODY_FIELDS | ADDED_FIELDS
    assert contact["first_name"] == "Ana"
    given = {"first_name", "id", "created_at", "updated_at"}
    assert {name: value for name, value in contact.items() if value is not None}.keys() == given


def test_the_answer_is_the_contact_in_an_envelope(sandbox):
    reply = post(sandbox, "/contacts", {"first_name": "Ana"})

    assert reply.status == 201
    assert reply.json.keys() == {"data"}
    assert reply.headers["Content-Type"] == "application/json; charset=utf-8"


def test_the_id_is_a_uuid_and_no_two_are_alike(sandbox):
    first, second = create(sandbox)["id"], create(sandbox)["id"]

    assert str(uuid.UUID(first)) == first
    assert first != second


def test_times_are_utc_to_the_millisecond(sandbox):
    contact = create(sandbox)

    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", contact["created_at"])
    assert contact["updated_at"] == contact["created_at"]
    assert abs(datetime.fromisoformat(contact["created_at"]) - datetime.now(UTC)) < timedelta(minutes=1)


def test_the_same_contact_twice_is_two_contacts(sandbox):
    create(sandbox, email="sophie@example.com")
    create(sandbox, email="sophie@example.com")

    assert len(sandbox.contacts()) == 2


def test_a_single_address_is_the_first_of_the_list(sandbox):
    contact = create(sandbox, email="sophie@example.com", phone="+33612345678")

    assert contact["emails"] == [{"email": "sophie@example.com", "type": None}]
    assert contact["phones"] == [{"phone": "+33612345678", "type": None}]


def test_the_first_of_the_list_is_the_single_address(sandbox):
    contact = create(
        sandbox, emails=[{"email": "a@example.com", "type": "work"}], phones=[{"phone": "1"}, {"phone": "2"}]
    )

    assert contact["email"] == "a@example.com"
    assert contact["emails"] == [{"email": "a@example.com", "type": "work"}]
    assert contact["phone"] == "1"
    assert contact["phones"] == [{"phone": "1", "type": None}, {"phone": "2", "type": None}]


def test_a_single_address_beside_a_list_leads_it_and_is_never_doubled(sandbox):
    other = [{"email": "b@example.com", "type": "work"}]
    same = [{"email": "A@example.com", "type": "work"}]

    assert create(sandbox, email="a@example.com", emails=other)["emails"] == [
        {"email": "a@example.com", "type": None},
        *other,
    ]
    assert create(sandbox, email="a@example.com", emails=same)["emails"] == same


def test_tags_are_created_on_first_use(sandbox):
    before = {tag["name"] for tag in get(sandbox, "/tags").json["data"]}

    create(sandbox, tags=["Backend", "Paris"])
    create(sandbox, tags=["Backend"])

    names = [tag["name"] for tag in get(sandbox, "/tags").json["data"]]
    assert sorted(names) == sorted(before | {"Backend", "Paris"})


def test_tags_are_spelt_as_the_workspace_spells_them_and_come_once(sandbox):
    contact = create(sandbox, tags=["rust", " Python ", "PYTHON", "python"])

    assert contact["tags"] == ["Rust", "Python"]


def test_a_contact_can_be_read_again_by_its_id(sandbox):
    contact = create(sandbox)

    reply = get(sandbox, f"/contacts/{contact['id']}")

    assert reply.status == 200
    assert reply.json == {"data": contact}
