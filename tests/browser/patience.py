"""Hands that wait for a page, as people do.

Chromium drops a key that comes before the first picture of a page, and a custom element hears none before its module
has run; Playwright waits for neither. So every key and every click first waits for both on the page that is open. A
test whose last act leads to another page sees something of that page first, or the hands wait for the one it leaves.
"""

import functools
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Error, Keyboard, Locator, Page

IS_THERE = "document.readyState == 'complete' && performance.getEntriesByName('first-contentful-paint').length > 0"
ACTS = ("check", "click", "fill", "hover", "press", "press_sequentially", "select_option", "uncheck")
WAIT_SECONDS = 30
LOOK_AGAIN_MS = 10


@contextmanager
def patient_hands() -> Iterator[None]:
    """Within the block, whatever Playwright presses, clicks or types waits until the page is there."""
    keyboard: Callable[[Page], Keyboard] = Page.keyboard.fget

    def patient_keyboard(page: Page) -> Keyboard:
        wait_until_there(page)
        return keyboard(page)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Page, "keyboard", property(patient_keyboard))
        for act in ACTS:
            patch.setattr(Locator, act, _patient(getattr(Locator, act)))
        yield


def wait_until_there(page: Page) -> None:
    """Returns once the page is loaded, its modules have run and its first picture is on the screen."""
    deadline = time.monotonic() + WAIT_SECONDS
    while not _is_there(page):
        assert time.monotonic() < deadline, f"{page.url} was not there after {WAIT_SECONDS} seconds"
        page.wait_for_timeout(LOOK_AGAIN_MS)


def _is_there(page: Page) -> bool:
    try:
        return page.evaluate(IS_THERE)
    except Error as error:
        if "navigati" in str(error):
            return False
        raise


def _patient(act: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(act)
    def patient_act(locator: Locator, *arguments: Any, **options: Any) -> Any:
        wait_until_there(locator.page)
        return act(locator, *arguments, **options)

    return patient_act
