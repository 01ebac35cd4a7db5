"""Hints on the page: beside the form while it is typed, with buttons that need no scripts, never in the way."""

import re

import pytest
from django.urls import reverse

from contacts.models import Submission
from tests.entry_form import typed_form

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
