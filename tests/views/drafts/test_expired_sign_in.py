"""What was typed into a page whose sign-in has expired: kept for its owner, and for nobody else."""

import pytest
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from contacts.entry import drafts
from contacts.models import Draft
from tests.entry_form import typed_form
from tests.sign_in import sign_in
from tests.views.drafts.pages import form_of, hidden, next_of

pytestmark = pytest.mark.django_db


class TestAfterTheSignInExpired:
    def test_everything_is_there_again_for_whoever_typed_it(self, signed_in, posted_too_late):
        address = posted_too_late(
            **{"title": "Engineer", "years_experience": "seven", "emails-2-email": "a@x", "do_not_contact": "on"}
        )

        page = signed_in.get(address)

        assert 'value="Engineer"' in page.text
        assert 'value="seven"' in page.text
        assert page.context["entry"].emails[2]["email"].value() == "a@x"
        assert page.context["entry"].contact["do_not_contact"].value()
        assert "This is what you typed before" in page.text
        assert "There is a problem" not in page.text

    def test_the_form_page_itself_shows_it_too(self, signed_in, posted_too_late):
        posted_too_late(title="Engineer")

        assert 'value="Engineer"' in signed_in.get(reverse("entry")).text

    def test_an_address_that_takes_a_post_alone_leads_back_to_the_record(self, client):
        record = reverse("submission", args=["0b1f7a56-0000-4f0e-9a51-3c1a0f6b8c11"])

        assert next_of(client.get(f"{record}discard/")) == record
        assert next_of(client.get(f"{record}?from=here")) == f"{record}?from=here"

    def test_the_sign_in_page_says_that_it_is_kept(self, signed_in, client):
        answer = client.post(reverse("entry"), form_of(signed_in))

        assert "What you typed is kept" in client.get(answer.url).text
        assert "What you typed is kept" not in client.get(reverse("login")).text

    def test_it_keeps_its_token_so_that_a_retry_lands_on_the_same_submission(self, signed_in, client, sandbox):
        form = form_of(signed_in, title="Engineer")
        first = signed_in.post(reverse("entry"), form)
        address = next_of(client.post(reverse("entry"), form))

        page = signed_in.get(address)
        again = signed_in.post(reverse("entry"), form | hidden(page))

        assert hidden(page)["form_token"] == form["form_token"]
        assert again.url == first.url
        assert len(sandbox.ledger()) == 1

    def test_looking_does_not_lose_it(self, signed_in, posted_too_late):
        address = posted_too_late(title="Engineer")

        signed_in.head(address)
        signed_in.head(reverse("entry"))
        signed_in.get(address)

        assert 'value="Engineer"' in signed_in.get(address).text

    def test_it_is_gone_once_it_is_sent(self, signed_in, posted_too_late, sandbox):
        page = signed_in.get(posted_too_late(title="Engineer"))

        sent = signed_in.post(reverse("entry"), typed_form(title="Engineer") | hidden(page))

        assert sent.status_code == 302
        assert not Draft.objects.exists()
        assert 'value="Engineer"' not in signed_in.get(reverse("entry")).text

    def test_it_is_created_all_the_same_where_it_can_t_be_discarded(
        self, signed_in, posted_too_late, sandbox, monkeypatch
    ):
        page = signed_in.get(posted_too_late(title="Engineer"))
        monkeypatch.setattr(Draft, "delete", lambda _: (_ for _ in ()).throw(OperationalError("locked")))

        sent = signed_in.post(reverse("entry"), typed_form(title="Engineer") | hidden(page))

        assert sent.status_code == 302
        assert len(sandbox.ledger()) == 1
        assert hidden(signed_in.get(reverse("entry")))["form_token"] == hidden(page)["form_token"]

    def test_it_is_still_there_after_a_mistake(self, signed_in, posted_too_late):
        page = signed_in.get(posted_too_late(title="Engineer"))

        signed_in.post(reverse("entry"), typed_form(first_name="") | hidden(page))

        assert 'value="Engineer"' in signed_in.get(reverse("entry")).text

    def test_it_can_be_cleared(self, signed_in, posted_too_late):
        page = signed_in.get(posted_too_late(title="Engineer"))
        clear = reverse("discard_draft", args=[page.context["draft"].pk])

        answer = signed_in.post(clear)

        assert clear in page.text
        assert answer.url == reverse("entry")
        assert 'value="Engineer"' not in signed_in.get(reverse("entry")).text

    def test_an_address_that_asks_for_another_form_gets_that(self, signed_in, posted_too_late):
        posted_too_late(title="Engineer")

        assert 'value="Engineer"' not in signed_in.get(reverse("entry"), {"first_name": "Karim"}).text

    def test_two_forms_come_back_each_to_its_own_address(self, signed_in, posted_too_late):
        first, second = posted_too_late(title="Engineer"), posted_too_late(title="Director")

        assert 'value="Engineer"' in signed_in.get(first).text
        assert 'value="Director"' in signed_in.get(second).text

    def test_the_next_person_on_that_browser_sees_nothing_of_it(self, client, posted_too_late, other_recruiter):
        address = posted_too_late(title="Engineer")
        draft = Draft.objects.get()

        sign_in(client, other_recruiter)

        for page in (client.get(address), client.get(reverse("entry"))):
            assert "Engineer" not in page.text
            assert "This is what you typed before" not in page.text
        assert client.post(reverse("discard_draft", args=[draft.pk])).status_code == 404

    def test_a_failing_database_hands_the_form_back_at_once(self, signed_in, client, monkeypatch):
        form = form_of(signed_in, title="Engineer")
        monkeypatch.setattr(drafts, "keep", lambda **_: (_ for _ in ()).throw(OperationalError("away")))
        client.raise_request_exception = False

        answer = client.post(reverse("entry"), form)

        assert answer.status_code == 503
        assert 'value="Engineer"' in answer.text
        assert hidden(answer)["form_proof"] == form["form_proof"]


class TestACorrection:
    def test_it_comes_back_on_the_submissions_page(self, signed_in, client, rejected):
        page = signed_in.get(rejected.get_absolute_url())
        form = typed_form(**hidden(page)) | {"title": "Engineer"}

        address = next_of(client.post(reverse("correct", args=[rejected.pk]), form))

        assert address.startswith(rejected.get_absolute_url())
        for back in (signed_in.get(address), signed_in.get(rejected.get_absolute_url())):
            assert 'value="Engineer"' in back.text
            assert "This is what you typed before" in back.text
        assert 'value="Engineer"' not in signed_in.get(reverse("entry")).text

    def test_it_is_gone_once_it_is_sent(self, signed_in, client, rejected):
        correct = reverse("correct", args=[rejected.pk])
        form = typed_form(**hidden(signed_in.get(rejected.get_absolute_url()))) | {"title": "Engineer"}
        page = signed_in.get(next_of(client.post(correct, form)))

        sent = signed_in.post(correct, form | hidden(page))

        assert sent.status_code == 302
        assert not Draft.objects.exists()

    def test_of_somebody_elses_submission_nothing_is_kept(self, admin, client, rejected, other_recruiter):
        karim = sign_in(Client(), other_recruiter)

        client.post(reverse("correct", args=[rejected.pk]), form_of(karim, title="Engineer"))

        assert not Draft.objects.exists()


def test_a_draft_of_another_workspace_is_not_shown(signed_in, posted_too_late, settings):
    address = posted_too_late(title="Engineer")
    settings.LEONAR_WORKSPACE = "leonar"

    assert 'value="Engineer"' not in signed_in.get(address).text
    assert 'value="Engineer"' not in signed_in.get(reverse("entry")).text
