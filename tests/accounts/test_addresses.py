"""Behind the README's reverse proxy each person has an address of their own, whatever they claim."""

import re
from pathlib import Path

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from accounts.addresses import client_address

README = Path(__file__).resolve().parents[2] / "README.md"

ATTACKER, COLLEAGUE = "203.0.113.7", "198.51.100.9"


def as_nginx_sends(client: str, **sent: str) -> dict[str, str]:
    """What gunicorn's request holds when `client` asks the README's nginx for a page, with these headers of its own."""
    block = re.search(r"```nginx\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert block
    own = sent.get("X_Forwarded_For")
    variables = {
        "$proxy_add_x_forwarded_for": f"{own}, {client}" if own else client,
        "$host": "testserver",
        "$scheme": "https",
        "$remote_addr": client,
    }
    passed = {name.replace("-", "_"): value for name, value in sent.items()}
    for name, value in re.findall(r"proxy_set_header (\S+) (\S+);", block[1]):
        passed[name.replace("-", "_")] = variables[value]
    passed.pop("Host", None)
    return {"REMOTE_ADDR": "127.0.0.1"} | {f"HTTP_{name.upper()}": value for name, value in passed.items()}


@pytest.fixture
def behind_the_readmes_proxy(settings):
    """The settings that README.md gives beside its proxy."""
    named = re.search(r"^TRUSTED_PROXIES=(\d+)", README.read_text(encoding="utf-8"), re.MULTILINE)
    assert named
    settings.TRUSTED_PROXIES = int(named[1])


@pytest.mark.usefixtures("behind_the_readmes_proxy")
@pytest.mark.django_db
class TestBehindTheProxy:
    def sign_in(self, name: str, password: str, **environment: str) -> int:
        data = {"username": name, "password": password}
        return Client().post(reverse("login"), data, **environment).status_code

    def test_five_wrong_passwords_from_one_address_do_not_lock_the_name_elsewhere(self, recruiter):
        for _ in range(5):
            last = self.sign_in(recruiter.username, "wrong", **as_nginx_sends(ATTACKER))
        assert last == 429

        right = f"{recruiter.username} of the portal"
        assert self.sign_in(recruiter.username, right, **as_nginx_sends(COLLEAGUE)) == 302

    def test_a_forged_header_neither_escapes_the_lock_nor_locks_anybody_else(self, recruiter):
        for number in range(5):
            forged = {"X_Forwarded_For": f"{COLLEAGUE}, 10.0.0.{number}"}
            last = self.sign_in(recruiter.username, "wrong", **as_nginx_sends(ATTACKER, **forged))
        assert last == 429

        right = f"{recruiter.username} of the portal"
        assert self.sign_in(recruiter.username, right, **as_nginx_sends(COLLEAGUE)) == 302


@pytest.mark.parametrize(
    ("proxies", "forwarded", "peer", "found"),
    [
        (0, None, "203.0.113.7", "203.0.113.7"),
        (0, "198.51.100.9", "203.0.113.7", "203.0.113.7"),
        (1, "203.0.113.7", "127.0.0.1", "203.0.113.7"),
        (1, "198.51.100.9, 203.0.113.7", "127.0.0.1", "203.0.113.7"),
        (2, "198.51.100.9, 203.0.113.7, 10.0.0.2", "10.0.0.1", "203.0.113.7"),
        (2, "203.0.113.7", "10.0.0.1", "10.0.0.1"),
        (1, None, "127.0.0.1", "127.0.0.1"),
        (1, "not an address", "127.0.0.1", "127.0.0.1"),
        (1, " 2001:DB8::1 ", "127.0.0.1", "2001:db8::1"),
        (1, "203.0.113.7", "", "203.0.113.7"),
        (0, None, "", None),
    ],
)
def test_the_client_is_found_by_counting_proxies_from_the_right(settings, proxies, forwarded, peer, found):
    settings.TRUSTED_PROXIES = proxies
    headers = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}

    request = RequestFactory().get("/", REMOTE_ADDR=peer, **headers)

    assert client_address(request) == found
