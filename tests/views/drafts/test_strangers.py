"""What a page without a valid token or a signed-in person may leave behind: next to nothing."""

from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from contacts.entry import drafts
from contacts.models import Draft
from tests.entry_form import typed_form
from tests.sign_in import sign_in
from tests.views.drafts.pages import form_of, hidden, next_of

pytestmark = pytest.mark.django_db


class TestStrangers:
    @pytest.mark.parametrize("proof", ["", "x", "WzEsICJ4Il0:1vNOPE:forged", "\x00", "é" * 3000])
    def test_without_a_proof_nothing_is_stored(self, client, recruiter, proof):
        answer = client.post(reverse("entry"), typed_form(title="Planted", form_proof=proof))

        assert next_of(answer) == reverse("entry")
        assert not Draft.objects.exists()
        assert settings.SESSION_COOKIE_NAME not in answer.cookies

    def test_the_proof_of_one_form_is_none_for_another(self, client, signed_in):
        form = form_of(signed_in, title="Planted") | {"form_token": str(uuid4())}

        client.post(reverse("entry"), form)

        assert not Draft.objects.exists()

    def test_an_account_that_was_switched_off_keeps_nothing(self, client, signed_in, recruiter):
        form = form_of(signed_in, title="Engineer")
        recruiter.is_active = False
        recruiter.save()

        client.post(reverse("entry"), form)

        assert not Draft.objects.exists()

    def test_one_form_is_one_draft_however_often_it_comes(self, client, signed_in):
        form = form_of(signed_in, title="Engineer")

        for title in ("Engineer", "Director"):
            client.post(reverse("entry"), form | {"title": title})

        assert Draft.objects.get().typed["title"] == ["Director"]

    def test_of_more_forms_than_anybody_has_open_the_oldest_go(self, recruiter):
        tokens = [UUID(int=number) for number in range(drafts.DRAFTS_MOST + 2)]

        for token in tokens:
            proof = drafts.proof(owner_id=recruiter.pk, token=token)
            drafts.keep(proof=proof, token=token, typed={"title": ["Engineer"]})

        assert set(drafts.of(recruiter).values_list("token", flat=True)) == set(tokens[2:])

    def test_a_blank_form_is_not_kept(self, client, signed_in):
        blank = hidden(signed_in.get(reverse("entry")))

        client.post(reverse("entry"), blank)

        assert not Draft.objects.exists()


class TestAStaleToken:
    @pytest.fixture
    def strict(self) -> Client:
        """A browser that has no valid security token."""
        return Client(enforce_csrf_checks=True)

    def test_the_form_comes_back_to_its_owner(self, signed_in, strict, recruiter):
        form = form_of(signed_in, title="Engineer")

        answer = sign_in(strict, recruiter).post(reverse("entry"), form)

        assert answer.status_code == 302
        assert 'value="Engineer"' in strict.get(answer.url).text

    def test_somebody_signed_out_is_asked_to_sign_in(self, signed_in, strict):
        address = next_of(strict.post(reverse("entry"), form_of(signed_in, title="Engineer")))

        assert 'value="Engineer"' in signed_in.get(address).text

    def test_somebody_else_is_shown_nothing_of_it(self, signed_in, strict, other_recruiter):
        answer = sign_in(strict, other_recruiter).post(reverse("entry"), form_of(signed_in, title="Engineer"))

        assert answer.status_code == 403
        assert "kept for the account that opened the page" in answer.text
        assert "Engineer" not in answer.text
        assert "Engineer" not in strict.get(reverse("entry")).text
        assert 'value="Engineer"' in signed_in.get(reverse("entry")).text

    def test_another_sites_form_plants_nothing_in_anybodys(self, strict, recruiter):
        answer = sign_in(strict, recruiter).post(reverse("entry"), typed_form(title="Planted"))

        assert answer.status_code == 403
        assert "Planted" not in strict.get(reverse("entry")).text
        assert not Draft.objects.exists()

    def test_nor_while_the_database_fails(self, strict, recruiter, monkeypatch):
        monkeypatch.setattr("contacts.views.kept.keep", lambda _: (_ for _ in ()).throw(OperationalError("away")))
        strict.raise_request_exception = False

        answer = sign_in(strict, recruiter).post(reverse("entry"), typed_form(title="Planted"))

        assert answer.status_code == 503
        assert "Planted" not in answer.text

    def test_another_sites_form_begins_no_session(self, strict):
        answer = strict.post(reverse("entry"), typed_form(first_name="Planted"))

        assert answer.status_code == 403
        assert settings.SESSION_COOKIE_NAME not in answer.cookies
