"""One person is found by whatever they are known by, and erased everywhere; others are left alone."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from contacts.delivery import gate
from contacts.history import erasure
from contacts.models import Attempt, ContactKey, Draft, Event, SavedView, Submission, UsedValue, current_workspace
from contacts.privacy.columns import PERSONAL
from contacts.privacy.person import Person, Traces
from tests.submissions import queued

pytestmark = pytest.mark.django_db

State = Submission.State
MARKER = "zyxmarker"
PERSON = {
    "first_name": "Zyxmarkera",
    "last_name": "Zyxmarkerson",
    "email": f"{MARKER}@acme.example",
    "phone": "+33612345678",
    "linkedin_profile": f"https://www.linkedin.com/in/{MARKER}",
    "title": f"{MARKER} engineer",
    "current_company": f"{MARKER} Ltd",
    "tags": [f"{MARKER} tag"],
    "custom_data": {f"{MARKER}key": MARKER},
}
HOURS_AGO = timezone.now() - timedelta(hours=3)
OTHER = {"first_name": "Karim", "last_name": "Haddad", "email": "karim@acme.example"}


@pytest.fixture
def everywhere(recruiter):
    """The person in every table that holds something of a contact."""
    submission = queued(recruiter, PERSON)
    now = timezone.now()
    columns = {"contact": {**PERSON, "id": str(uuid4())}, "typed": {"title": [MARKER]}, "contact_id": uuid4()}
    Submission.objects.filter(pk=submission.pk).update(state=State.CREATED, due_at=None, settled_at=now, **columns)
    Attempt.objects.create(
        submission=submission, number=1, worker="test", started_at=now, lease_until=now, payload=PERSON, answer=MARKER
    )
    other = queued(recruiter, OTHER)
    Attempt.objects.create(
        submission=other,
        kind=Attempt.Kind.CHECK,
        number=1,
        worker="test",
        started_at=now,
        lease_until=now,
        payload={},
        candidates=[PERSON, OTHER],
    )
    for owner_typed in ({"emails-0-email": [f"{MARKER.upper()}@acme.example"]}, {"paste": ["tel 06 12 34 56 78"]}):
        Draft.objects.create(
            workspace=current_workspace(),
            owner=recruiter,
            token=uuid4(),
            typed=owner_typed,
            created_at=now,
            updated_at=now,
        )
    SavedView.objects.create(
        owner=recruiter, workspace=current_workspace(), name="mine", words="Zyxmarkerson Zyxmarkera"
    )
    return submission


def check_that_found(candidates, ended) -> Attempt:
    """A check of Karim's, which is over."""
    other = Submission.objects.get(name="Karim Haddad")
    return Attempt.objects.create(
        submission=other,
        kind=Attempt.Kind.CHECK,
        number=other.attempts.count() + 1,
        worker="test",
        started_at=ended,
        lease_until=ended,
        finished_at=ended,
        payload={},
        candidates=candidates,
    )


def values_of(check: Attempt) -> dict:
    names = [field.attname for field in Attempt._meta.concrete_fields if not field.primary_key]
    return {name: getattr(check, name) for name in names}


def found_by(check: Attempt) -> list:
    return Attempt.objects.get(pk=check.pk).candidates


def on_hold(monkeypatch, act) -> None:
    """Does that as soon as everybody has to wait."""
    hold = gate.hold
    # Where there is no gate yet, whoever holds it first makes one and begins anew.
    hold()

    def hold_and_act():
        held = hold()
        act()
        return held

    monkeypatch.setattr(gate, "hold", hold_and_act)


@pytest.mark.parametrize(
    "known_by",
    [
        f"{MARKER.upper()}@ACME.example",
        "06 12 34 56 78",
        "+33 6 12 34 56 78",
        f"linkedin.com/in/{MARKER}?utm=x",
        "Zyxmarkerson, Zyxmarkéra",
    ],
)
def test_a_person_is_found_by_any_notation_of_any_key(everywhere, known_by):
    assert [each.pk for each in Person.known_by(known_by).submissions] == [everywhere.pk]


@pytest.mark.parametrize("known_by", ["", "nobody@acme.example", "Haddad", "%", "\x00"])
def test_nobody_is_found_by_what_is_nobodys(everywhere, known_by):
    assert Person.known_by(known_by).submissions == []


@pytest.mark.parametrize("known_by", ['"' * 300, "Sophie", ""])
def test_of_what_is_nobodys_name_no_draft_is_read(everywhere, known_by, django_assert_num_queries):
    nobody = Person.known_by(known_by).among([])

    with django_assert_num_queries(0):
        assert (nobody.drafts(), nobody.views()) == ([], [])


def test_everything_of_the_person_goes_and_what_is_anybody_elses_stays(everywhere, admin):
    event = erase(everywhere, by=admin)

    everywhere.refresh_from_db()
    assert everywhere.state == State.CREATED
    assert everywhere.erased_at is not None
    assert ContactKey.objects.filter(submission=everywhere).count() == 0
    assert not Draft.objects.exists()
    assert not SavedView.objects.exists()
    assert not UsedValue.objects.filter(value__icontains=MARKER).exists()
    check = Attempt.objects.get(kind=Attempt.Kind.CHECK)
    assert check.candidates == [OTHER]
    assert Submission.objects.get(name="Karim Haddad").payload == OTHER
    assert (event.kind, event.actor) == (Event.Kind.ERASED, admin)
    assert {key: event.details[key] for key in ("submissions", "drafts", "views", "checks", "left")} == {
        "submissions": 1,
        "drafts": 2,
        "views": 1,
        "checks": 1,
        "left": 0,
    }


def test_what_waits_is_given_up_and_never_sent_and_what_is_being_sent_is_left(recruiter, admin):
    waiting, sending = queued(recruiter, PERSON), queued(recruiter, PERSON)
    Submission.objects.filter(pk=sending.pk).update(state=State.SENDING)

    event = erasure.erase_person(Person.known_by(PERSON["email"]), by=admin, chosen=[waiting.pk, sending.pk])

    waiting.refresh_from_db()
    sending.refresh_from_db()
    assert (waiting.state, waiting.due_at, waiting.payload) == (State.DISCARDED, None, {})
    assert (sending.state, sending.payload) == (State.SENDING, PERSON)
    assert event.details["left"] == 1


def test_what_long_ended_checks_came_across_goes_while_nobody_has_to_wait(everywhere, admin, monkeypatch):
    long_over, just_over = check_that_found([PERSON], HOURS_AGO), check_that_found([PERSON], timezone.now())
    while_held = []

    def look() -> None:
        while_held.extend(found_by(each) for each in (long_over, just_over))

    on_hold(monkeypatch, look)
    event = erase(everywhere, by=admin)

    assert while_held == [[], [PERSON]]
    assert [found_by(each) for each in (long_over, just_over)] == [[], []]
    assert event.details["checks"] == 3


@pytest.mark.django_db(transaction=True)
def test_whoever_writes_while_they_are_read_disturbs_nothing(everywhere, admin, monkeypatch):
    found = check_that_found([PERSON], HOURS_AGO)
    Attempt.objects.bulk_create(Attempt(**values_of(found) | {"number": 1000 + place}) for place in range(600))
    are_in, seen = Traces.are_in, []

    def write_and_look(traces: Traces, text: str) -> bool:
        seen.append(text)
        if len(seen) == 1:
            with closing(connection.copy()) as other, other.cursor() as cursor:
                cursor.execute("UPDATE accounts_user SET first_name = 'Karim'")
        return are_in(traces, text)

    monkeypatch.setattr(Traces, "are_in", write_and_look)

    assert erase(everywhere, by=admin).details["checks"] == 602


def test_what_was_corrected_meanwhile_is_looked_for_in_all_of_them(everywhere, admin, monkeypatch):
    corrected = {"first_name": "Zyxmarkera", "email": "corrected@acme.example"}
    long_over = check_that_found([corrected], HOURS_AGO)
    on_hold(monkeypatch, lambda: Submission.objects.filter(pk=everywhere.pk).update(payload=corrected))

    erase(everywhere, by=admin)

    assert found_by(long_over) == []


def test_only_what_was_ticked_is_erased(recruiter, admin):
    first, second = queued(recruiter, PERSON), queued(recruiter, PERSON)

    erasure.erase_person(Person.known_by(PERSON["email"]), by=admin, chosen=[first.pk])

    second.refresh_from_db()
    assert second.payload == PERSON


@pytest.mark.django_db(transaction=True)
def test_no_trace_is_left_in_the_files(everywhere, admin, django_db_blocker):
    from django.db import connection

    if connection.vendor != "sqlite":
        # What a server's files hold is said in docs/privacy.md.
        return
    path = Path(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert traces(path)

    erase(everywhere, by=admin)

    assert not traces(path)


def test_a_searched_word_is_forgotten_in_every_session(everywhere, admin, signed_in):
    signed_in.post(reverse("history"), {"q": f"{MARKER}@acme.example"})
    assert MARKER in json.dumps(dict(signed_in.session.items()))

    erase(everywhere, by=admin)

    assert MARKER not in json.dumps(dict(signed_in.session.items()))


def test_filters_that_name_the_person_are_forgotten_too(everywhere, admin, signed_in):
    signed_in.get(reverse("history"), {"tag": "Zyxmarkerson Zyxmarkera", "state": "waiting"})
    signed_in.post(reverse("save_view") + "?tag=Zyxmarkera+Zyxmarkerson", {"name": "theirs"})

    erase(everywhere, by=admin)

    assert not SavedView.objects.filter(query__icontains=MARKER).exists()
    assert MARKER not in json.dumps(dict(signed_in.session.items())).casefold()


class TestPages:
    def test_the_preview_shows_what_is_held_and_the_receipt_what_went(self, everywhere, admin_signed_in):
        preview = admin_signed_in.post(reverse("person"), {"known_by": PERSON["email"]})
        answer = admin_signed_in.post(
            reverse("erase_person"), {"known_by": PERSON["email"], "ids": [str(everywhere.pk)]}, follow=True
        )

        assert "Zyxmarkera Zyxmarkerson" in preview.text
        assert answer.status_code == 200
        assert "Receipt" in answer.text
        assert "To be erased in Leonar as well" in answer.text
        assert MARKER not in answer.text.casefold()

    def test_the_record_of_an_erased_entry_says_so_and_holds_nothing(self, everywhere, admin, admin_signed_in):
        erase(everywhere, by=admin)

        pages = [admin_signed_in.get(reverse("submission", args=[everywhere.pk])), admin_signed_in.get("/submissions/")]

        assert "Personal data erased" in pages[0].text
        assert all(MARKER not in page.text.casefold() for page in pages)
        assert f'data-submission="{everywhere.pk}"' in pages[1].text

    def test_one_persons_data_comes_as_json_and_is_put_on_record(self, everywhere, admin_signed_in):
        answer = admin_signed_in.post(
            reverse("person_data"), {"known_by": PERSON["email"], "ids": [str(everywhere.pk)]}
        )

        (entry,) = json.loads(answer.content)["entries"]
        assert entry["sent_to_leonar"] == PERSON
        assert entry["entered_by"]
        assert Event.objects.get(kind=Event.Kind.PERSON_EXPORTED).details == {"submissions": 1}

    def test_the_json_has_whatever_is_held_in_any_column(self, everywhere, recruiter, admin_signed_in):
        Submission.objects.filter(pk=everywhere.pk).update(
            error_message="in error_message", discard_reason="in discard"
        )
        check = {
            "kind": Attempt.Kind.CHECK,
            "worker": "test",
            "started_at": timezone.now(),
            "lease_until": timezone.now(),
        }
        candidates = [{**PERSON, "title": "in candidates"}, OTHER]
        everywhere.attempts.create(number=1, payload={"search": "in payload"}, candidates=candidates, **check)

        answer = admin_signed_in.post(
            reverse("person_data"), {"known_by": PERSON["email"], "ids": [str(everywhere.pk)]}
        )

        told = answer.text
        held = {
            "contacts.Attempt": {
                "payload": "in payload",
                "answer": f'"answer": "{MARKER}"',
                "candidates": "in candidates",
            },
            "contacts.ContactKey": {"value": f"email: {MARKER}@acme.example"},
            "contacts.Draft": {"typed": f"{MARKER.upper()}@acme.example"},
            # A view's name is its owner's.
            "contacts.SavedView": {"name": "", "words": "Zyxmarkerson Zyxmarkera"},
            # The facts are digests.
            "contacts.SearchEntry": {"words": '"zyxmarkera"', "facts": ""},
            "contacts.Submission": {
                "payload": '"sent_to_leonar": {',
                "typed": '"typed": {',
                "name": '"name": "Zyxmarkera Zyxmarkerson"',
                "company": f'"company": "{MARKER} Ltd"',
                "error_message": "in error_message",
                "contact": '"held_by_leonar": {',
                "discard_reason": "in discard",
            },
            # Each is a value of the contact.
            "contacts.UsedValue": {"value": f"{MARKER} engineer", "key": ""},
        }
        assert {label: set(columns) for label, columns in held.items()} == {
            label: set(columns)
            for label, columns in PERSONAL.items()
            # An event's origin is the account's whose act it is.
            if label.startswith("contacts.") and label != "contacts.EventOrigin"
        }
        assert [text for columns in held.values() for text in columns.values() if text not in told] == []
        assert "Haddad" not in told

    @pytest.mark.parametrize("page", ["privacy", "person", "person_data", "erase_person"])
    def test_only_admins_come_near_it(self, page, signed_in):
        method = signed_in.get if page == "privacy" else signed_in.post
        assert method(reverse(page)).status_code == 403


class TestTelling:
    def test_a_created_contact_says_whom_to_tell_until_when(self, everywhere, signed_in):
        page = signed_in.get(reverse("submission", args=[everywhere.pk]))

        assert "To be told by" in page.text

    def test_told_is_noted_once_with_name_and_time(self, everywhere, signed_in, recruiter):
        for _ in range(2):
            signed_in.post(reverse("told", args=[everywhere.pk]))

        everywhere.refresh_from_db()
        assert everywhere.told_at is not None
        assert Event.objects.get(kind=Event.Kind.TOLD).actor == recruiter

    def test_who_has_not_been_told_is_listed_for_admins(self, everywhere, admin_signed_in):
        assert "Zyxmarkera Zyxmarkerson" in admin_signed_in.get(reverse("privacy")).text


def erase(submission: Submission, *, by) -> Event:
    return erasure.erase_person(Person.known_by(PERSON["email"]), by=by, chosen=[submission.pk])


def traces(database: Path) -> list[str]:
    """The files of the database, write-ahead log included, that hold the marker in any case."""
    files = [database, database.with_name(f"{database.name}-wal")]
    assert sqlite3.sqlite_version
    return [file.name for file in files if file.exists() and MARKER.encode() in file.read_bytes().lower()]
