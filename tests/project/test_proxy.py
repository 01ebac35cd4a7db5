"""The README's nginx as it stands there, before a real portal; where nginx is installed, or NGINX_BINARY names it."""

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests
import trustme

from tests.portal import PASSWORD, PortalProcess, wait_for

ROOT = Path(__file__).resolve().parents[2]
NGINX = os.environ.get("NGINX_BINARY") or shutil.which("nginx")
NAME = "portal.example.com"
BODY_MOST = 5 * 1024 * 1024

pytestmark = [pytest.mark.slow, pytest.mark.skipif(NGINX is None, reason="nginx is not installed")]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Proxy:
    """nginx with the README's servers, on free ports of this machine."""

    def __init__(self, folder: Path, portal: PortalProcess) -> None:
        self.portal, self.folder = portal, folder
        self.https, self.http = free_port(), free_port()
        self.authority = folder / "authority.pem"
        readme = (ROOT / "README.md").read_text(encoding="utf-8")
        servers = re.search(r"```nginx\n(.*?)```", readme, re.DOTALL)
        assert servers
        self._write(servers[1])

    def _write(self, servers: str) -> None:
        authority = trustme.CA()
        own = authority.issue_cert("127.0.0.1", NAME)
        authority.cert_pem.write_to_path(str(self.authority))
        own.private_key_pem.write_to_path(str(self.folder / "key.pem"))
        own.cert_chain_pems[0].write_to_path(str(self.folder / "certificate.pem"))
        certificate = f"ssl_certificate {self.folder}/certificate.pem; ssl_certificate_key {self.folder}/key.pem;"
        for here, there in (
            ("listen 443 ssl;", f"listen 127.0.0.1:{self.https} ssl; {certificate}"),
            ("listen 80;", f"listen 127.0.0.1:{self.http};"),
            ("http://127.0.0.1:8000", self.portal.url),
        ):
            assert here in servers
            servers = servers.replace(here, there)
        places = " ".join(
            f"{name}_temp_path {self.folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        text = (
            f"daemon off; worker_processes 1; pid {self.folder}/pid; error_log {self.folder}/error.log;\n"
            f"events {{ worker_connections 256; }}\nhttp {{ access_log off; {places}\n{servers}}}\n"
        )
        (self.folder / "nginx.conf").write_text(text, encoding="utf-8")

    def start(self) -> "subprocess.Popen[bytes]":
        assert NGINX
        command = [
            NGINX,
            "-p",
            str(self.folder),
            "-c",
            str(self.folder / "nginx.conf"),
            "-e",
            f"{self.folder}/error.log",
        ]
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL)
        try:
            wait_for(lambda: process.poll() is not None or self._answers(), seconds=60, what="nginx")
            assert process.poll() is None, (self.folder / "error.log").read_text(encoding="utf-8")
        except BaseException:
            process.kill()
            process.wait()
            raise
        return process

    def _answers(self) -> bool:
        try:
            return self.browser().get(self.url("/healthz"), timeout=2).ok
        except requests.RequestException:
            return False

    def url(self, path: str) -> str:
        return f"https://127.0.0.1:{self.https}{path}"

    def browser(self) -> requests.Session:
        """One that trusts the authority, and asks by the portal's name."""
        browser = requests.Session()
        browser.trust_env = False
        browser.verify = str(self.authority)
        browser.headers.update({"Host": NAME, "Referer": f"https://{NAME}/accounts/login/"})
        return browser

    def sign_in(self, browser: requests.Session, password: str, **headers: str) -> requests.Response:
        browser.get(self.url("/accounts/login/"), timeout=30)
        token = browser.cookies["__Host-csrftoken"]
        body = {"username": "recruiter", "password": password, "csrfmiddlewaretoken": token}
        return browser.post(self.url("/accounts/login/"), data=body, headers=headers, allow_redirects=False, timeout=30)


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    folder = tmp_path_factory.mktemp("proxy")
    # nginx gives up its rights where it has them, and has to read its files all the same.
    for place in (folder, *folder.parents[:2]):
        place.chmod(0o755)
    settings = {"ALLOWED_HOSTS": f"{NAME},127.0.0.1", "PLAIN_HTTP": "false", "TRUSTED_PROXIES": "1"}
    with PortalProcess(
        folder / "portal", sandbox_url="http://127.0.0.1:9/api/v1", workers=1, environment=settings
    ) as portal:
        proxy = Proxy(folder, portal)
        process = proxy.start()
        yield proxy
        process.terminate()
        process.wait(20)


def test_http_leads_to_https(proxy):
    answer = requests.get(
        f"http://127.0.0.1:{proxy.http}/submissions/?a=b", headers={"Host": NAME}, allow_redirects=False, timeout=30
    )

    assert (answer.status_code, answer.headers["Location"]) == (301, f"https://{NAME}/submissions/?a=b")


def test_people_sign_in_through_it(proxy):
    browser = proxy.browser()

    answer = proxy.sign_in(browser, PASSWORD)

    assert answer.status_code == 302
    assert {"__Host-sessionid", "__Host-csrftoken"} <= set(browser.cookies.keys())
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    assert browser.get(proxy.url("/submissions/"), timeout=30).status_code == 200


def test_whoever_makes_up_an_address_is_known_by_their_own(proxy):
    for number in range(3):
        proxy.sign_in(proxy.browser(), "wrong", **{"X-Forwarded-For": f"203.0.113.{number}"})

    lines = [line for line in proxy.portal.log("web").splitlines() if "sign_in_failed" in line]
    assert len(lines) == 3
    assert all("address=127.0.0.1" in line for line in lines)


def test_what_is_too_large_reaches_no_process_of_the_portal(proxy):
    browser, before = proxy.browser(), proxy.portal.log("web")

    answer = browser.post(proxy.url("/accounts/login/"), data=b"x" * (BODY_MOST + 1), timeout=30)

    assert answer.status_code == 413
    assert proxy.portal.log("web") == before


def test_one_address_is_answered_so_often_and_no_oftener(proxy):
    browser = proxy.browser()

    statuses = [browser.get(proxy.url("/healthz"), timeout=30).status_code for _ in range(400)]

    assert statuses[0] == 200
    assert 429 in statuses
