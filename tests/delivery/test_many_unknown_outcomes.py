"""Of many unknown outcomes with namesakes and twins among them, none is linked wrongly."""

import random
from datetime import timedelta

import pytest

from contacts.models import Attempt, Submission
from tests.delivery.unknown_outcomes import check_now, create_elsewhere, lose_the_answer, redate, submit

pytestmark = pytest.mark.django_db

# First and last names, so that no two of them have the same name unless the test means them to.
FIRST = ("Sophie", "Karim", "Ana", "Noé", "Léa", "Tom", "Inès", "Paul", "Mia", "Luc")
LAST = ("Martin", "Haddad", "Kowalska", "Müller", "Ødegård", "Nguyễn", "García", "Brown", "Rossi", "Dubois")


def person(number: int) -> dict:
    payload = {
        "first_name": FIRST[number % 10],
        "last_name": f"{LAST[number // 10 % 10]} {'abcdefgh'[number // 100]}",
        "current_company": f"Company {number % 7}",
    }
    reach = number % 4
    if reach in (0, 3):
        payload["email"] = f"person{number}@firm{number % 5}.example"
    if reach in (1, 3):
        payload["phone"] = f"+336{number:08d}"
    if reach == 2:
        payload["linkedin_profile"] = f"https://www.linkedin.com/in/person-{number}"
    return payload


def twin(payload: dict, kind: int) -> dict:
    """A contact of somebody else that is easily taken for the one in `payload`."""
    other = dict(payload)
    if kind == 0:
        other |= {"email": "somebody@else.example", "phone": "+33700000000", "linkedin_profile": "https://x.example/y"}
    elif kind == 1:
        other["first_name"], other["last_name"] = payload["last_name"], payload["first_name"]
    elif kind == 2:
        other["last_name"] = payload["last_name"].replace("a", "á") + " Júnior"
    elif kind == 3:
        other["last_name"] = f"{payload['last_name']}-Durand"
    return other


@pytest.mark.slow
@pytest.mark.any_database
@pytest.mark.timeout(300)
def test_of_150_unknown_outcomes_none_is_linked_wrongly_and_nearly_all_created_ones_are_found(recruiter, sandbox):
    numbers = list(range(150))
    random.Random(7).shuffle(numbers)
    created, absent, twins = numbers[:50], numbers[50:100], numbers[100:]
    truth: dict[Submission, str | None] = {}
    for number in twins[:10]:
        # Created earlier, in Leonar itself, with everything the same; and the portal's own send created nothing.
        create_elsewhere(sandbox, person(number))
    redate(sandbox, -timedelta(hours=1))

    for number in created:
        lose_the_answer(sandbox, created=True)
        submission = submit(recruiter, person(number))
        truth[submission] = sandbox.contacts()[-1]["id"]
    for number in absent:
        lose_the_answer(sandbox, created=False)
        truth[submit(recruiter, person(number))] = None
    for place, number in enumerate(twins):
        lose_the_answer(sandbox, created=False)
        truth[submit(recruiter, person(number))] = None
        if 10 <= place < 40:
            create_elsewhere(sandbox, twin(person(number), place % 4))
        elif place >= 40:
            # Already linked: another submission created it.
            submit(recruiter, person(number))
    check_now(times=5)

    wrong, found = [], 0
    for submission, contact_id in truth.items():
        submission.refresh_from_db()
        linked = submission.contact_id and str(submission.contact_id)
        if linked is not None and linked != contact_id:
            wrong.append(submission.payload)
        found += linked is not None and linked == contact_id
    sends = Attempt.objects.filter(kind=Attempt.Kind.SEND, submission__in=list(truth)).count()
    assert wrong == []
    assert found >= 48
    assert sends == 150
