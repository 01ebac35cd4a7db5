"""Somebody who was entered before: shown on the page, asked about once, and no more told than may be."""

import re
from uuid import uuid4

import pytest
from django.db import OperationalError
from django.urls import reverse

from contacts.lookups import duplicates
from contacts.models import Event, Submission
from tests.entry_form import typed_form
from tests.submissions import SOPHIE, queued

pytestmark = pytest.mark.django_db

TWIN = {"first_name": "Sophie", "last_name": "Martin", "emails-0-email": "SOPHIE@acme.example"}


def asked(page) -> str:
    """What the page's form carries as asked."""
    return re.search(r'name="asked" value="([^"]*)"', page.text)[1]


class TestAnExactTwin:
    def test_the_first_press_is_stopped_once_in_so_many_words(self, signed_in, recruiter, sandbox):
        queued(recruiter)
        form = typed_form(**TWIN, title="Engineer")

        page = signed_in.post(reverse("entry"), form)
        again = signed_in.post(reverse("entry"), form | {"asked": asked(page)})

        assert page.status_code == 422
        assert "Sophie Martin, with the same e-mail, was entered by sophie, just now." in page.text
        assert "There is a problem" not in page.text
        assert 'value="Engineer"' in page.text
        assert again.status_code == 302

    def test_that_it_was_asked_is_on_record_once_and_without_a_word_of_the_person(self, signed_in, recruiter, sandbox):
        queued(recruiter)
        form = typed_form(**TWIN)

        page = signed_in.post(reverse("entry"), form)
        signed_in.post(reverse("entry"), form | {"asked": asked(page)})

        event = Event.objects.get(kind=Event.Kind.TWIN_ASKED)
        assert event.actor == recruiter
        assert event.details == {"form": form["form_token"]}

    def test_it_is_asked_once_for_a_person_however_many_twins_there_are(self, signed_in, recruiter, sandbox):
        queued(recruiter)
        page = signed_in.post(reverse("entry"), form := typed_form(**TWIN))
        queued(recruiter)

        assert signed_in.post(reverse("entry"), form | {"asked": asked(page)}).status_code == 302

    def test_another_person_typed_since_is_asked_about_anew(self, signed_in, recruiter):
        queued(recruiter)
        queued(recruiter, SOPHIE | {"email": "s@other.example"})
        page = signed_in.post(reverse("entry"), form := typed_form(**TWIN))

        changed = form | {"asked": asked(page), "emails-0-email": "s@other.example"}

        assert signed_in.post(reverse("entry"), changed).status_code == 422

    def test_the_second_press_of_one_form_is_no_twin_of_the_first(self, signed_in, sandbox):
        form = typed_form(**TWIN)

        answers = [signed_in.post(reverse("entry"), form) for _ in range(2)]

        assert [answer.status_code for answer in answers] == [302, 302]
        assert Submission.objects.count() == 1

    def test_changed_content_of_a_form_that_was_sent_is_not_asked_about_twice(self, signed_in, sandbox):
        form = typed_form(**TWIN)
        signed_in.post(reverse("entry"), form)

        page = signed_in.post(reverse("entry"), form | {"title": "Engineer"})
        anew = form | {"title": "Engineer", "form_token": str(uuid4()), "asked": asked(page)}

        assert page.status_code == 409
        assert "Is this right?" not in page.text
        assert signed_in.post(reverse("entry"), anew).status_code == 302

    def test_a_namesake_or_a_colleague_with_the_same_switchboard_stops_nobody(self, signed_in, recruiter, sandbox):
        queued(recruiter, SOPHIE | {"phone": "+33140000000", "current_company": "Acme"})

        namesake = signed_in.post(reverse("entry"), typed_form(last_name="Martin", current_company="Acme"))
        colleague = signed_in.post(reverse("entry"), typed_form(first_name="Ana", **{"phones-0-phone": "0140000000"}))

        assert (namesake.status_code, colleague.status_code) == (302, 302)

    def test_of_a_correction_its_own_submission_is_no_twin(self, signed_in, recruiter, sandbox):
        rejected = queued(recruiter, state="rejected", due_at=None, reason="invalid")

        answer = signed_in.post(reverse("correct", args=[rejected.pk]), typed_form(**TWIN, revision="0"))

        assert answer.status_code == 302

    def test_where_they_can_t_be_looked_up_nobody_is_stopped(self, signed_in, recruiter, sandbox, monkeypatch):
        queued(recruiter)
        monkeypatch.setattr(duplicates, "find", lambda *_, **__: (_ for _ in ()).throw(OperationalError("away")))

        assert signed_in.post(reverse("entry"), typed_form(**TWIN)).status_code == 302


class TestOnThePage:
    def test_own_entries_are_shown_with_what_is_new_and_a_link(self, signed_in, recruiter):
        entered = queued(recruiter)

        page = signed_in.post(reverse("entry"), typed_form(**TWIN, title="Engineer", years_experience="x"))

        assert page.status_code == 422
        assert "Same e-mail" in page.text
        assert entered.get_absolute_url() in page.text
        assert "New in this entry: Job title" in " ".join(page.text.split())

    def test_of_a_colleagues_entry_only_the_fact_the_date_and_the_name_are_told(self, signed_in, other_recruiter):
        entered = queued(other_recruiter, SOPHIE | {"title": "Secret job"})

        page = signed_in.post(reverse("entry"), typed_form(**TWIN))

        assert "entered by karim" in page.text
        assert str(entered.pk) not in page.text
        assert "Secret job" not in page.text
        assert "New in this entry" not in page.text

    def test_what_was_pasted_is_looked_up_without_scripts(self, signed_in, recruiter):
        queued(recruiter)

        page = signed_in.post(
            reverse("entry"), typed_form(then="read", first_name="", paste="Sophie Martin <sophie@acme.example>")
        )

        assert page.status_code == 200
        assert "Same e-mail" in page.text

    def test_while_typing_it_is_told_beside_the_form(self, signed_in, recruiter):
        entered = queued(recruiter)

        fragment = signed_in.post(reverse("live"), typed_form(**TWIN, years_experience="x")).text

        assert "Same e-mail" in fragment
        assert entered.get_absolute_url() in fragment
        assert "Same" not in signed_in.post(reverse("live"), typed_form(last_name="Martin")).text
