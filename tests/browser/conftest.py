"""One Chromium, one portal and one sandbox for all browser tests; a browser window of its own for each of them."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import launch
from tests.browser.patience import patient_hands
from tests.browser.windows import WAIT_MS, Windows
from tests.portal import Person, PortalProcess
from tests.sandbox_process import SandboxProcess


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


@pytest.fixture(scope="session")
def _windows(chromium: Browser, portal: PortalProcess) -> Windows:
    return Windows(chromium, portal)


@pytest.fixture
def windows_as_is(_windows: Windows, request: pytest.FixtureRequest) -> Iterator[Windows]:
    """Browser windows; the test fails on any error that the browser reports in one of them.

    What earlier tests left at the portal and in the sandbox is still there.
    """
    failures = request.session.testsfailed
    yield _windows
    assert _windows.close(keep=request.session.testsfailed == failures) == []


@pytest.fixture
def windows(windows_as_is: Windows, leonar: SandboxProcess, portal: PortalProcess) -> Windows:
    """Such windows, where nobody has been entered yet."""
    portal.forget_people()
    return windows_as_is


@pytest.fixture
def page(windows: Windows) -> Page:
    """A wide window in which the recruiter is signed in, on no page yet."""
    return windows.open()
