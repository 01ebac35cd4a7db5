"""The page of the bookmarklet."""

import re
from html import unescape
from urllib.parse import unquote

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def test_the_bookmarklet_is_there_to_drag_and_to_copy(signed_in):
    page = signed_in.get(reverse("bookmarklet")).text

    addresses = [unescape(found) for found in re.findall(r"javascript:[^\"<]+", page)]
    assert len(addresses) == 2
    assert len(set(addresses)) == 1


def test_it_leads_to_this_portals_form_and_puts_everything_behind_the_fragments_sign(signed_in):
    page = signed_in.get(reverse("bookmarklet")).text

    [code, *_others] = [unquote(unescape(found)) for found in re.findall(r"javascript:[^\"<]+", page)]
    assert 'form = "http://testserver/contacts/new/#page=" + encodeURIComponent(' in code
