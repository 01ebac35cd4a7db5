"""What was just entered, beside the form for the next."""

import pytest
from django.urls import reverse

from contacts.delivery import outbox
from contacts.models import Submission
from tests.entry_form import typed_form

pytestmark = pytest.mark.django_db


def add_another(client, **fields):
    return client.post(reverse("entry"), typed_form(then="another", **fields))


def test_the_next_form_waits_for_no_answer_of_leonars(signed_in, sandbox):
    answer = add_another(signed_in, first_name="Karim")

    page = signed_in.get(answer.url)

    assert sandbox.ledger() == []
    assert "Karim" in page.text
    assert "data-unfinished" in page.text


@pytest.mark.django_db(transaction=True)
def test_its_outcome_comes_by_itself(signed_in, sandbox):
    answer = add_another(signed_in, first_name="Karim")
    outbox.deliver(worker="deliverer")

    fragment = signed_in.get(reverse("recent"), {"after": Submission.objects.get().pk})

    assert answer.url.endswith(str(Submission.objects.get().pk))
    assert fragment.text.count("Created in Leonar") == 2
    assert "data-unfinished" not in fragment.text
    assert "<html" not in fragment.text


def test_nobody_elses_entry_is_told_of(signed_in, admin_signed_in, admin, sandbox):
    add_another(admin_signed_in, first_name="Priya")
    theirs = Submission.objects.get()

    assert "Priya" not in signed_in.get(reverse("recent"), {"after": theirs.pk}).text
    assert "Priya" not in signed_in.get(reverse("entry"), {"after": theirs.pk}).text


@pytest.mark.parametrize("junk", ["x", "", "00000000-0000-0000-0000-000000000000"])
def test_an_entry_that_does_not_exist_is_none(signed_in, junk):
    assert signed_in.get(reverse("recent"), {"after": junk}).status_code == 200
