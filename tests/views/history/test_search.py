"""Searching without the words in an address, and the views that are kept under a name."""

import re

import pytest
from django.urls import reverse

from contacts.models import SavedView, Submission
from tests.sign_in import sign_in
from tests.views.history.shown import rows

pytestmark = pytest.mark.django_db

State = Submission.State


class TestSearching:
    """What somebody searches for may be a name: it stays out of addresses."""

    def search(self, client, **fields):
        return client.post(reverse("history"), fields, follow=True)

    def test_words_travel_in_the_body_and_lead_to_an_address_without_them(self, signed_in, enter):
        sophie = enter()
        enter("Karim")

        page = self.search(signed_in, q="Sophie", state="waiting")

        address = page.redirect_chain[-1][0]
        assert "ophie" not in address
        assert "state=waiting" in address
        assert rows(page) == {str(sophie.pk)}
        assert page.context["filters"]["q"].value() == "Sophie"

    def test_no_link_of_the_page_has_the_words(self, admin_signed_in, enter):
        for _ in range(60):
            enter()

        page = admin_signed_in.get(reverse("history"), {"q": "Sophie"})

        addresses = re.findall(r'(?:href|action)="([^"]*)"', page.text)
        assert any("cursor=" in address for address in addresses)
        assert '<input type="hidden" name="words"' in page.text
        assert not any("ophie" in address for address in addresses)

    def test_paging_and_the_export_go_on_with_them(self, admin_signed_in, enter):
        for _ in range(60):
            enter()
        enter("Karim")
        first = self.search(admin_signed_in, q="sophie")
        query, cursor = first.context["query"], first.context["page"].after

        second = admin_signed_in.get(f"{reverse('history')}?{query}&cursor={cursor}")
        export = admin_signed_in.get(f"{reverse('export')}?{query}")

        assert len(rows(second)) == 10
        assert len(b"".join(export).decode().strip().splitlines()) == 61

    def test_the_filters_and_not_the_words_are_remembered_after_signing_in_anew(self, signed_in, recruiter, enter):
        enter()
        signed_in.post(reverse("history"), {"q": "sophie", "state": "waiting"}, follow=True)
        signed_in.logout()

        page = sign_in(signed_in, recruiter).get(reverse("entry"))

        assert f'href="{reverse("history")}?state=waiting"' in page.text
        assert not SavedView.objects.exclude(words="").exists()

    def test_what_is_remembered_is_no_saved_view_and_nobody_elses(self, signed_in, admin_signed_in, enter):
        enter()
        signed_in.get(reverse("history"), {"state": "waiting"})

        assert "view-list" not in signed_in.get(reverse("history")).text
        assert "?state=waiting" not in admin_signed_in.get(reverse("entry")).text

    def test_the_words_of_another_session_find_nothing_of_it(self, signed_in, admin_signed_in, enter):
        enter("Karim")
        words = self.search(signed_in, q="nobody").context["query"]

        page = admin_signed_in.get(f"{reverse('history')}?{words}")

        assert page.context["sentence"] == ""

    def test_the_menu_leads_back_to_what_was_looked_at_last(self, signed_in, enter):
        enter()
        self.search(signed_in, state="waiting")

        assert f'href="{reverse("history")}?state=waiting"' in signed_in.get(reverse("entry")).text

        signed_in.get(reverse("history"))
        assert "state=waiting" not in signed_in.get(reverse("entry")).text


class TestSavedViews:
    def save(self, client, name="Mine", query="state=rejected"):
        return client.post(f"{reverse('save_view')}?{query}", {"name": name})

    def test_a_view_keeps_filters_and_words_under_a_name(self, signed_in, enter):
        sophie = enter()
        enter("Karim")
        self.save(signed_in, query="state=waiting&q=sophie")
        signed_in.get(reverse("history"))

        ((view, address),) = signed_in.get(reverse("history")).context["views"]
        page = signed_in.get(address)

        assert view.name == "Mine"
        assert "sophie" not in address
        assert rows(page) == {str(sophie.pk)}

    def test_the_same_name_again_replaces_it(self, signed_in):
        self.save(signed_in)
        self.save(signed_in, query="state=discarded")

        assert list(SavedView.objects.values_list("name", "query")) == [("Mine", "state=discarded")]

    def test_nobody_else_sees_opens_or_removes_it(self, signed_in, admin_signed_in):
        self.save(signed_in, query="q=secret")
        view = SavedView.objects.get()

        page = admin_signed_in.get(reverse("history"), {"words": f"v{view.pk}"})
        admin_signed_in.post(reverse("remove_view", args=[view.pk]))

        assert page.context["views"] == []
        assert page.context["sentence"] == ""
        assert SavedView.objects.exists()

    def test_it_is_removed(self, signed_in):
        self.save(signed_in)

        signed_in.post(reverse("remove_view", args=[SavedView.objects.get().pk]))

        assert not SavedView.objects.exists()

    @pytest.mark.parametrize("name", ["", "   ", "\0"])
    def test_one_without_a_name_is_not_kept(self, signed_in, name):
        self.save(signed_in, name=name)

        assert not SavedView.objects.exists()
