"""One Chromium, one portal and one sandbox for all browser tests; a browser window of its own for each of them."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, expect, sync_playwright

from tests.browser.acts import sign_in
from tests.browser.chromium import launch
from tests.browser.patience import patient_hands
from tests.portal import Person, PortalProcess
from tests.sandbox_process import SandboxProcess

WAIT_MS = 15_000
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 320, "height": 640}
# Answers that are pages for a person, and that Chromium calls errors in the console.
MEANT_STATUSES = {404, 405, 409, 422}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives a browser."""
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser that all windows belong to."""
    expect.set_options(timeout=WAIT_MS)
    with sync_playwright() as playwright, patient_hands():
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def _leonar(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    with SandboxProcess(tmp_path_factory.mktemp("leonar")) as leonar:
        yield leonar


@pytest.fixture(scope="session")
def portal(_leonar: SandboxProcess, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PortalProcess]:
    """The portal with one web worker, one deliverer and collected files. What earlier tests entered is still there."""
    folder = tmp_path_factory.mktemp("portal")
    portal = PortalProcess(folder, sandbox_url=_leonar.api_url, deliverers=1, workers=1)
    portal.run("manage.py", "collectstatic", "--noinput", "--verbosity=0")
    with portal:
        yield portal


@pytest.fixture(scope="session")
def sophie(portal: PortalProcess) -> Person:
    """The recruiter without a browser, for what a test needs to be there already."""
    return portal.sign_in()


@pytest.fixture
def leonar(_leonar: SandboxProcess) -> SandboxProcess:
    """The sandbox, holding nothing and misbehaving in nothing."""
    _leonar.reset()
    return _leonar


class Windows:
    """Opens browser windows and remembers everything that went wrong in them."""

    def __init__(self, chromium: Browser, portal: PortalProcess, url: str | None = None) -> None:
        self._chromium = chromium
        self._portal = portal
        self._url = url or portal.url
        self._cookies: dict[str, object] = {}
        self._open: list[BrowserContext] = []
        self.complaints: list[str] = []

    def open(self, name: str | None = "recruiter", **options: object) -> Page:
        """A new window with `name` signed in, or nobody. `options` are Playwright's for a context."""
        if name is not None and name not in self._cookies:
            self._cookies[name] = self._signed_in(name)
        options = {"viewport": WIDE, "base_url": self._url, "storage_state": self._cookies.get(name)} | options
        context = self._chromium.new_context(**options)
        context.set_default_timeout(WAIT_MS)
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))
        context.on("response", self._on_response)
        self._open.append(context)
        return context.new_page()

    def close(self) -> list[str]:
        """Closes all windows of a test. Returns what went wrong in them."""
        for context in self._open:
            context.close()
        self._open.clear()
        complaints, self.complaints = self.complaints, []
        return complaints

    def _signed_in(self, name: str) -> object:
        page = self.open(None)
        sign_in(page, name)
        self._portal.remember_sessions()
        return page.context.storage_state()

    def _on_console(self, message: ConsoleMessage) -> None:
        is_of_answer = message.text.startswith("Failed to load resource: the server responded with a status of")
        if message.type in ("error", "warning") and not is_of_answer:
            self.complaints.append(f"{message.type}: {message.text} ({message.location.get('url')})")

    def _on_response(self, response: Response) -> None:
        is_page = response.request.resource_type == "document" or urlsplit(response.url).path == "/contacts/new/"
        is_meant = response.status in MEANT_STATUSES and is_page
        if response.status >= 400 and not is_meant:
            self.complaints.append(f"{response.status} {urlsplit(response.url).path}")


@pytest.fixture(scope="session")
def _windows(chromium: Browser, portal: PortalProcess) -> Windows:
    return Windows(chromium, portal)


@pytest.fixture
def windows(_windows: Windows, leonar: SandboxProcess, portal: PortalProcess) -> Iterator[Windows]:
    """Browser windows; the test fails on any error that the browser reports in one of them."""
    portal.forget_people()
    yield _windows
    assert _windows.close() == []


@pytest.fixture
def page(windows: Windows) -> Page:
    """A wide window in which the recruiter is signed in, on no page yet."""
    return windows.open()
