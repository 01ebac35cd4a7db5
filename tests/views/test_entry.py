"""The entry form's page: what it answers to what is posted."""

import re

import pytest
from django.urls import reverse

from contacts.models import Submission
from tests.entry_form import typed_form
from tests.sign_in import sign_in

pytestmark = pytest.mark.django_db

State = Submission.State


def submit(client, **fields):
    return client.post(reverse("entry"), typed_form(**fields))


class TestShowing:
    def test_the_portal_opens_on_the_form(self, signed_in):
        assert signed_in.get("/").url == reverse("entry")

    def test_each_form_has_a_token_of_its_own(self, signed_in):
        pages = [signed_in.get(reverse("entry")) for _ in range(2)]

        tokens = [str(page.context["entry"].contact["form_token"].value()) for page in pages]
        assert tokens[0] != tokens[1]
        assert all(token in page.text for token, page in zip(tokens, pages, strict=True))

    def test_a_blank_form_is_blank_after_somebody_elses_was_filled_in(self, signed_in, admin_signed_in):
        blank = signed_in.get(reverse("entry")).text
        admin_signed_in.get(reverse("entry"), {"first_name": "Sophie", "tags": "Rust"})

        again = signed_in.get(reverse("entry")).text

        assert "Sophie" not in again
        assert len(again) == len(blank)

    def test_the_page_is_not_kept_by_caches(self, signed_in):
        assert "no-store" in signed_in.get(reverse("entry"))["Cache-Control"]

    def test_query_parameters_named_like_fields_prefill_it(self, signed_in):
        page = signed_in.get(reverse("entry"), {"first_name": "Sophie", "emails-0-email": "sophie@acme.example"})

        assert 'value="Sophie"' in page.text
        assert 'value="sophie@acme.example"' in page.text

    def test_another_submission_can_be_the_start_of_a_new_one(self, signed_in, sandbox):
        submit(signed_in, title="Engineer")
        first = Submission.objects.get()

        page = signed_in.get(reverse("entry"), {"from": first.pk})

        assert 'value="Sophie"' in page.text
        assert 'value="Engineer"' in page.text

    def test_somebody_elses_submission_can_not(self, signed_in, other_recruiter, client, sandbox):
        submit(signed_in, title="Engineer")
        first = Submission.objects.get()
        sign_in(client, other_recruiter)

        page = client.get(reverse("entry"), {"from": first.pk})

        assert 'value="Engineer"' not in page.text

    @pytest.mark.parametrize("junk", ["x", "", "00000000-0000-0000-0000-000000000000"])
    def test_a_start_that_does_not_exist_shows_an_empty_form(self, signed_in, junk):
        assert signed_in.get(reverse("entry"), {"from": junk, "after": junk}).status_code == 200


class TestSubmitting:
    def test_a_valid_form_is_created_and_leads_to_its_page(self, signed_in, sandbox):
        answer = submit(signed_in)

        submission = Submission.objects.get()
        assert answer.status_code == 302
        assert answer.url == f"/submissions/{submission.pk}/"
        assert submission.state == State.CREATED
        assert [contact["first_name"] for contact in sandbox.contacts()] == ["Sophie"]

    def test_a_mistake_shows_the_form_again_with_everything_kept(self, signed_in, sandbox):
        answer = submit(signed_in, first_name="", title="Engineer", years_experience="seven")

        assert answer.status_code == 422
        assert 'value="Engineer"' in answer.text
        assert 'value="seven"' in answer.text
        assert "There is a problem" in answer.text
        assert not Submission.objects.exists()
        assert sandbox.ledger() == []

    def test_a_second_press_creates_nothing_and_lands_on_the_same_record(self, signed_in, sandbox):
        form = typed_form()

        first, second = signed_in.post(reverse("entry"), form), signed_in.post(reverse("entry"), form)

        assert second.url == first.url
        assert len(sandbox.ledger()) == 1

    def test_a_second_press_with_changed_content_is_not_dropped(self, signed_in, sandbox):
        form = typed_form()
        signed_in.post(reverse("entry"), form)

        answer = signed_in.post(reverse("entry"), form | {"title": "Engineer"})

        first = Submission.objects.get()
        token = answer.context["entry"].contact["form_token"].value()
        assert answer.status_code == 409
        assert str(first.pk) in answer.text
        assert 'value="Engineer"' in answer.text
        assert [change.field for change in answer.context["changes"]] == ["title"]
        assert str(token) != form["form_token"]

    def test_a_number_that_became_a_yes_is_changed_content(self, signed_in, sandbox):
        form = typed_form(**{"custom_data-0-key": "senior", "custom_data-0-value": "1", "custom_data-0-type": "number"})
        signed_in.post(reverse("entry"), form)

        answer = signed_in.post(reverse("entry"), form | {"custom_data-0-type": "boolean"})

        assert answer.status_code == 409

    def test_a_repeated_press_after_a_correction_lands_on_the_same_record(self, signed_in, sandbox):
        sandbox.misbehave(mode="status", status=400, message="title: no", only="POST /contacts")
        form = typed_form(title="Engineer")
        first = signed_in.post(reverse("entry"), form)
        rejected = Submission.objects.get()
        signed_in.post(reverse("correct", args=[rejected.pk]), {"first_name": "Sophie", "revision": rejected.revision})

        again = signed_in.post(reverse("entry"), form)

        assert again.url == first.url

    def test_the_changed_content_can_be_sent_as_a_new_contact(self, signed_in, sandbox):
        form = typed_form()
        signed_in.post(reverse("entry"), form)
        answer = signed_in.post(reverse("entry"), form | {"title": "Engineer"})
        token = answer.context["entry"].contact["form_token"].value()

        signed_in.post(reverse("entry"), form | {"title": "Engineer", "form_token": str(token)})

        assert [entry["body"].get("title") for entry in sandbox.ledger()] == [None, "Engineer"]

    def test_what_is_pinned_stays_so_when_the_form_comes_back(self, signed_in):
        page = submit(signed_in, first_name="", pinned="source")

        assert page.context["entry"].pinned == ["source"]

    def test_what_leonar_refuses_is_kept_for_correction(self, signed_in, sandbox):
        sandbox.misbehave(mode="status", status=400, code="validation_error", message="title: Not today")

        answer = submit(signed_in, title="Engineer")

        page = signed_in.get(answer.url)
        assert 'data-state="rejected"' in page.text
        assert "Not today" in page.text
        assert 'value="Engineer"' in page.text


class TestQuestions:
    def asked(self, page) -> str:
        return re.search(r'name="asked" value="([^"]*)"', page.text)[1]

    def test_the_first_press_is_stopped_once_and_the_next_goes_through(self, signed_in, sandbox):
        form = typed_form(**{"phones-0-phone": "06 12 34"})

        page = signed_in.post(reverse("entry"), form)
        again = signed_in.post(reverse("entry"), form | {"asked": self.asked(page)})

        assert page.status_code == 422
        assert again.status_code == 302
        assert [entry["body"]["phone"] for entry in sandbox.ledger()] == ["06 12 34"]

    def test_it_is_no_error_and_takes_the_focus(self, signed_in):
        page = submit(signed_in, **{"phones-0-phone": "06 12 34", "title": "Engineer"})

        assert "does not look like a complete phone number" in page.text
        assert "There is a problem" not in page.text
        assert "<title>Error:" not in page.text
        assert re.search(r'id="questions" role="alert" tabindex="-1" autofocus', page.text)
        assert 'value="Engineer"' in page.text
        assert not Submission.objects.exists()

    def test_an_error_beside_it_is_asked_about_in_the_same_round(self, signed_in, sandbox):
        form = typed_form(**{"phones-0-phone": "06 12 34", "first_name": ""})

        page = signed_in.post(reverse("entry"), form)
        again = signed_in.post(reverse("entry"), form | {"asked": self.asked(page), "first_name": "Sophie"})

        assert "There is a problem" in page.text
        assert re.findall(r'id="([^"]*)"[^>]* autofocus', page.text) == ["error-summary"]
        assert again.status_code == 302

    def test_a_page_without_a_question_carries_none(self, signed_in):
        assert 'name="asked"' not in signed_in.get(reverse("entry")).text
