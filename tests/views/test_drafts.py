"""What was typed into a page that was out of date: kept for its owner, and for nobody else."""

import re
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import Client
from django.urls import reverse

from contacts.entry import drafts
from contacts.models import Draft, Submission
from tests.entry_form import typed_form
from tests.sign_in import sign_in
from tests.submissions import sent

pytestmark = pytest.mark.django_db

HIDDEN = re.compile(r'name="(form_token|form_proof|revision)" value="([^"]*)"')


def hidden(page) -> dict[str, str]:
    """What the page's form carries hidden."""
    return dict(HIDDEN.findall(page.text))


def form_of(browser: Client, **fields: str) -> dict[str, object]:
    """The entry form as this browser's person was shown it, filled in with `fields`."""
    return typed_form(**hidden(browser.get(reverse("entry"), {"source": ""}))) | fields


def next_of(answer) -> str:
    """Where a redirect to the sign-in page leads on to."""
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("login"))
    return parse_qs(urlsplit(answer.url).query)["next"][0]


@pytest.fixture
def posted_too_late(signed_in, client):
    """Posts Sophie's form after her sign-in has expired; returns where signing in leads on to."""

    def posted_too_late(**fields: str) -> str:
        return next_of(client.post(reverse("entry"), form_of(signed_in, **fields)))

    return posted_too_late


@pytest.fixture
def rejected(recruiter, sandbox) -> Submission:
    sandbox.misbehave(mode="status", status=400, message="title: no", only="POST /contacts")
    return sent(recruiter, {"first_name": "Sophie", "title": "x"}, typed={"first_name": ["Sophie"], "title": ["x"]})


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


def test_a_draft_of_another_workspace_is_not_shown(signed_in, posted_too_late, settings):
    address = posted_too_late(title="Engineer")
    settings.LEONAR_WORKSPACE = "leonar"

    assert 'value="Engineer"' not in signed_in.get(address).text
    assert 'value="Engineer"' not in signed_in.get(reverse("entry")).text


class TestWhileItIsTyped:
    """A moment after each change the page posts the form as it stands."""

    def keep(self, browser, form, **fields):
        answer = browser.post(reverse("keep_draft"), form | fields)
        assert answer.status_code == 204

    def test_it_waits_in_the_list_and_is_offered_beside_a_blank_form(self, signed_in):
        form = form_of(signed_in, title="Engineer", last_name="Martin")

        self.keep(signed_in, form)

        draft = Draft.objects.get()
        blank, waiting = signed_in.get(reverse("entry")), signed_in.get(reverse("drafts"))
        assert 'value="Engineer"' not in blank.text
        for page in (blank, waiting):
            assert draft.get_absolute_url() in page.text
            assert "Sophie Martin" in page.text
        assert 'value="Engineer"' in signed_in.get(draft.get_absolute_url()).text
        assert re.search(r'Drafts <span class="count[^"]*">1</span>', signed_in.get(reverse("history")).text)

    def test_each_form_is_a_draft_of_its_own(self, signed_in):
        for title in ("Engineer", "Director"):
            self.keep(signed_in, form_of(signed_in, title=title))

        assert [draft.typed["title"] for draft in Draft.objects.order_by("created_at")] == [["Engineer"], ["Director"]]

    def test_a_form_that_was_blanked_is_none_any_more(self, signed_in):
        form = form_of(signed_in)
        self.keep(signed_in, form)

        self.keep(signed_in, form, first_name="", **{"custom_data-0-type": "text"})

        assert not Draft.objects.exists()

    def test_it_is_kept_though_the_sign_in_has_expired(self, signed_in, client):
        form = form_of(signed_in, title="Engineer")

        answer = client.post(reverse("keep_draft"), form)

        assert answer.status_code == 302
        assert Draft.objects.get().typed["title"] == ["Engineer"]

    def test_it_is_its_page_s_owner_s_whoever_is_signed_in_since(self, signed_in, client, recruiter, other_recruiter):
        form = form_of(signed_in, title="Engineer")

        self.keep(sign_in(client, other_recruiter), form)

        assert Draft.objects.get().owner == recruiter
        assert "Engineer" not in client.get(reverse("drafts")).text

    def test_what_comes_late_of_a_form_that_was_sent_is_no_draft(self, signed_in, sandbox):
        form = form_of(signed_in, title="Engineer")
        self.keep(signed_in, form)
        signed_in.post(reverse("entry"), form)

        self.keep(signed_in, form, title="Engin")

        assert not Draft.objects.exists()

    def test_what_was_typed_since_it_was_sent_is_one(self, signed_in, sandbox):
        form = form_of(signed_in, title="Engineer")
        signed_in.post(reverse("entry"), form)

        self.keep(signed_in, form, since_sent="1")
        assert not Draft.objects.exists()

        self.keep(signed_in, form, since_sent="1", title="Director")
        assert Draft.objects.get().typed["title"] == ["Director"]

    def test_a_correction_is_kept_while_there_is_something_to_correct(self, signed_in, rejected, sandbox):
        page = signed_in.get(rejected.get_absolute_url())
        form = typed_form(**hidden(page)) | {"title": "Engineer", "submission_id": str(rejected.pk)}

        self.keep(signed_in, form)
        assert 'value="Engineer"' in signed_in.get(rejected.get_absolute_url()).text

        sandbox.reset()
        signed_in.post(reverse("correct", args=[rejected.pk]), form)
        self.keep(signed_in, form, title="Engin")
        assert not Draft.objects.exists()

    def test_a_form_with_a_mistake_is_kept_by_the_page_that_says_so(self, signed_in):
        form = form_of(signed_in, first_name="", title="Engineer")

        signed_in.post(reverse("entry"), form)

        assert Draft.objects.get().typed["title"] == ["Engineer"]

    def test_what_is_larger_than_any_form_is_not_kept(self, signed_in):
        self.keep(signed_in, form_of(signed_in, title="x" * drafts.TYPED_MOST))

        assert not Draft.objects.exists()

    def test_clearing_the_form_clears_the_draft(self, signed_in):
        form = form_of(signed_in, title="Engineer")
        self.keep(signed_in, form)

        answer = signed_in.post(reverse("entry"), form | {"then": "clear"})

        assert answer.status_code == 302
        assert 'value="Engineer"' not in signed_in.get(answer.url).text
        assert not Draft.objects.exists()

    def test_a_draft_is_discarded_in_the_list(self, signed_in):
        self.keep(signed_in, form_of(signed_in, title="Engineer"))

        answer = signed_in.post(reverse("discard_draft", args=[Draft.objects.get().pk]), {"from": "list"})

        assert answer.url == reverse("drafts")
        assert "No drafts" in signed_in.get(answer.url).text

    @pytest.mark.parametrize(
        ("typed", "who"),
        [
            ({"first_name": ["Sophie"], "last_name": ["Martin"]}, "Sophie Martin"),
            ({"emails-0-email": ["s@acme.example"]}, "s@acme.example"),
            ({"paste": ["\n Sophie Martin\nAcme"]}, "Sophie Martin"),
            ({"tags": ["x"]}, ""),
        ],
    )
    def test_it_is_known_by_what_was_typed_first(self, typed, who):
        assert drafts.words(Draft(typed=typed))[0] == who
