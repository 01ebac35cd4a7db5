"""Showing the form: against an empty view, against Django's own rendering, and in bytes."""

import gzip
import re
from functools import partial

from django.contrib.auth import get_user_model
from django.contrib.staticfiles import finders
from django.test import Client, override_settings
from django.urls import reverse

from accounts import roles
from accounts.account import give_role
from bench.report import interleaved, median, tell
from leonar_portal.static_files import without_comments
from tests.sign_in import sign_in

KILOBYTE = 1024
LINKED = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js))"')


def run() -> None:
    """Measures in this process, through every middleware, signed in."""
    # Without Django's test environment, which copies the context of each template that is rendered.
    with override_settings(ROOT_URLCONF="bench.urls", ALLOWED_HOSTS=["testserver"]):
        _measure(_signed_in())


def _signed_in() -> Client:
    user, _ = get_user_model().objects.get_or_create(username="bench")
    give_role(user, roles.RECRUITER)
    return sign_in(Client(), user)


def _measure(client: Client) -> None:
    blank = reverse("entry")
    prefilled = f"{blank}?first_name=Sophie&last_name=Martin&emails-0-email=sophie@acme.example"
    addresses = (blank, prefilled, "/bench/empty/", "/bench/as-div/")
    seconds = interleaved([partial(client.get, address) for address in addresses], rounds=200)
    form, filled, empty, as_div = map(median, seconds)
    milliseconds = " / ".join(f"{value * 1000:.1f} ms" for value in (form, filled, empty, as_div))
    tell("GET of the form / an empty view", form / empty, aim=6)
    tell("GET of the form, prefilled / an empty view", filled / empty, aim=8)
    tell("GET of the form / the same form by as_div", form / as_div, aim=0.4)
    tell("GET of the form, prefilled / the same form by as_div", filled / as_div)
    print(f"  (form / prefilled / empty / as_div: {milliseconds})")
    page = client.get(reverse("entry")).content
    tell("the form page, gzipped", len(gzip.compress(page)) / KILOBYTE, unit=" KB")
    tell("its CSS and JS, gzipped", _linked_bytes(page.decode()) / KILOBYTE, aim=30, unit=" KB")


def _linked_bytes(page: str) -> int:
    total = 0
    for name in set(LINKED.findall(page)):
        path = finders.find(re.sub(r"\.[0-9a-f]{12}(?=\.\w+$)", "", name))
        assert path is not None, f"{name} is linked but not there"
        with open(path, encoding="utf-8") as file:
            served = without_comments(file.read(), name.rpartition(".")[2])
        total += len(gzip.compress(served.encode()))
    return total
