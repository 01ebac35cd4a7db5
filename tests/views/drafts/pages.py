"""What pages with a draft carry and lead to."""

import re
from urllib.parse import parse_qs, urlsplit

from django.test import Client
from django.urls import reverse

from tests.entry_form import typed_form

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
