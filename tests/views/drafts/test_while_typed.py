"""What is typed is a draft a moment later."""

import re

import pytest
from django.urls import reverse

from contacts.entry import drafts
from contacts.models import Draft
from tests.entry_form import typed_form
from tests.sign_in import sign_in
from tests.views.drafts.pages import form_of, hidden

pytestmark = pytest.mark.django_db


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

    def test_a_button_names_the_form_that_it_discards_though_it_has_no_name(self, signed_in):
        self.keep(signed_in, form_of(signed_in, first_name="", last_name="", skills="Rust"))

        assert 'aria-label="Discard A form without a name"' in signed_in.get(reverse("drafts")).text

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
