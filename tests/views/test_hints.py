"""Hints on the page: beside the form while it is typed, with buttons that need no scripts, never in the way."""

import re

import pytest
from django.urls import reverse

from contacts.models import Submission
from tests.entry_form import typed_form
from tests.submissions import SOPHIE, queued

pytestmark = pytest.mark.django_db

SLIP = {"emails-0-email": "sophie@gmial.com"}


def act(page, kind: str) -> str:
    """What the button at the page's hint posts."""
    return re.search(rf'name="then" value="({kind} [^"]+)"', page.text)[1]


def test_it_is_shown_while_typing(signed_in):
    assert "gmail.com" in signed_in.post(reverse("live"), typed_form(**SLIP)).text
    assert "hints-title" not in signed_in.post(reverse("live"), typed_form()).text


def test_it_never_stops_a_press(signed_in, sandbox):
    assert signed_in.post(reverse("entry"), typed_form(**SLIP)).status_code == 302


def test_it_stands_on_a_page_with_mistakes_and_after_reading_a_paste(signed_in):
    mistaken = signed_in.post(reverse("entry"), typed_form(first_name="", **SLIP))
    read = signed_in.post(reverse("entry"), typed_form(then="read", paste="tags: a", **SLIP))

    for page in (mistaken, read):
        assert "may be a slip for gmail.com" in page.text


def test_without_scripts_its_fix_is_one_press_and_says_what_stood_there(signed_in):
    form = typed_form(first_name="", title="Engineer", **SLIP)
    page = signed_in.post(reverse("entry"), form)

    fixed = signed_in.post(reverse("entry"), form | {"then": act(page, "fix")})

    assert fixed.status_code == 200
    assert 'value="sophie@gmail.com"' in fixed.text
    assert "Before: sophie@gmial.com" in fixed.text
    assert 'value="Engineer"' in fixed.text
    assert form["form_token"] in fixed.text
    assert "hints-title" not in fixed.text
    assert not Submission.objects.exists()


def test_without_scripts_it_is_dismissed_for_this_form(signed_in):
    form = typed_form(first_name="", **SLIP)
    page = signed_in.post(reverse("entry"), form)

    dismissed = signed_in.post(reverse("entry"), form | {"then": act(page, "dismiss")})
    key = re.search(r'name="dismissed" value="([^"]+)"', dismissed.text)[1]
    again = signed_in.post(reverse("entry"), form | {"dismissed": key})

    assert dismissed.status_code == 200
    assert again.status_code == 422
    for later in (dismissed, again):
        assert "hints-title" not in later.text


@pytest.mark.parametrize("then", ["fix", "fix ", "dismiss x", "fix domain.0", "fix " + "é" * 500])
def test_a_button_that_was_forged_changes_nothing(signed_in, then):
    page = signed_in.post(reverse("entry"), typed_form(then=then, **SLIP))

    assert page.status_code == 200
    assert 'value="sophie@gmial.com"' in page.text


class TestOnACorrection:
    """The same hints beside the form of an entry that Leonar refused."""

    @pytest.fixture
    def refused(self, signed_in, sandbox):
        sandbox.misbehave(mode="status", status=400, message="title: Not like this", only="POST /contacts")
        signed_in.post(reverse("entry"), typed_form(title="x"))
        return Submission.objects.get()

    def correct(self, signed_in, refused, **fields):
        form = typed_form(revision=refused.revision, title="Engineer", **fields)
        return signed_in.post(reverse("correct", args=[refused.pk]), form)

    def test_they_stand_on_a_page_with_mistakes_and_their_fix_is_one_press(self, signed_in, refused):
        page = self.correct(signed_in, refused, years_experience="seven", **SLIP)
        assert "may be a slip for gmail.com" in page.text

        fixed = self.correct(signed_in, refused, then=act(page, "fix"), **SLIP)

        assert 'value="sophie@gmail.com"' in fixed.text
        assert 'value="Engineer"' in fixed.text
        assert Submission.objects.get().state == Submission.State.REJECTED

    def test_one_that_is_dismissed_stays_so(self, signed_in, refused):
        page = self.correct(signed_in, refused, years_experience="seven", **SLIP)

        page = self.correct(signed_in, refused, then=act(page, "dismiss"), **SLIP)

        assert "may be a slip" not in page.text

    def test_the_entry_that_is_corrected_is_no_likeness_of_itself(self, signed_in, recruiter, refused):
        Submission.objects.all().delete()
        own = queued(recruiter, SOPHIE)
        form = typed_form(last_name="Martin", **{"emails-0-email": "sophie@acme.example"})

        beside_itself = signed_in.post(f"{reverse('live')}?correcting={own.pk}", form).text
        beside_another = signed_in.post(f"{reverse('live')}?correcting=x", form).text

        assert "likenesses" not in beside_itself
        assert "likenesses" in beside_another
