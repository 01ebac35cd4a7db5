"""The windows that other tests are given: whatever a test does in one, the next test finds nothing of it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import fill, open_form
from tests.browser.windows import PHONE, WIDE, Windows

LIGHT_PAGE = "/keyboard/"
SEEN_BY_THE_PAGE = """() => ({
    opener: window.opener,
    name: window.name,
    referrer: document.referrer,
    stored: localStorage.length + sessionStorage.length,
    sizes: [innerWidth, innerHeight, screen.width, screen.height],
    media: ["print", "(prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)", "(forced-colors: active)"]
        .filter((each) => matchMedia(each).matches),
    colours: ["Canvas", "CanvasText"].map((each) => {
        document.body.style.color = each;
        return getComputedStyle(document.body).color;
    }),
    left: window.left ?? null,
})"""
NOTHING_LEFT = {
    "opener": None,
    "name": "",
    "referrer": "",
    "stored": 0,
    "sizes": [WIDE["width"], WIDE["height"]] * 2,
    "media": [],
    "colours": ["rgb(255, 255, 255)", "rgb(0, 0, 0)"],
    "left": None,
}
FOR_SOME_EYES = {"color_scheme": "dark", "reduced_motion": "reduce", "forced_colors": "active"}
# After these a context is no longer what it was.
SPOILS: dict[str, Callable[[Page], Any]] = {
    "a cookie": lambda page: page.context.add_cookies([{"name": "left", "value": "1", "url": page.url}]),
    "no sign-in": lambda page: page.context.clear_cookies(name="sessionid"),
    "storage": lambda page: page.evaluate("localStorage.setItem('left', '1')"),
}
OUTLASTS_A_TEST: list[Callable[[Page], Any]] = [
    lambda page: page.context.close(),
    lambda page: page.context.route("**", lambda route: route.abort()),
    lambda page: page.context.on("request", lambda request: None),
    lambda page: page.context.add_init_script("window.left = 1"),
    lambda page: page.context.set_offline(True),
    lambda page: page.clock.install(),
]


def seen(page: Page) -> dict[str, Any]:
    """What a test could notice of its window."""
    page.goto(LIGHT_PAGE)
    expect(page.get_by_text("Signed in as recruiter")).to_be_attached()
    return page.evaluate(SEEN_BY_THE_PAGE)


def open_another(page: Page) -> Page:
    """As a page does it that opens one beside itself."""
    with page.expect_popup() as opened:
        page.evaluate(f"() => {{ window.open('{LIGHT_PAGE}'); }}")
    return opened.value


def window_of_next_test(windows: Windows) -> Page:
    """The recruiter's, once all that is open was closed."""
    assert windows.close() == []
    return windows.open()


def test_nothing_is_found_of_what_was_done_in_the_window_before(windows):
    page = windows.open()
    assert seen(page) == NOTHING_LEFT
    page.evaluate("() => { sessionStorage.setItem('left', '1'); window.name = 'left'; }")
    page.context.new_page().goto(LIGHT_PAGE)
    open_another(page).goto(LIGHT_PAGE)
    page.set_viewport_size(PHONE)
    page.emulate_media(media="print", **FOR_SOME_EYES)
    page.add_init_script("window.left = 1")
    page.route("**", lambda route: route.abort())

    later = window_of_next_test(windows)

    assert seen(later) == NOTHING_LEFT
    assert later.context is page.context
    # The window, and the page that it was opened from.
    assert len(later.context.pages) == 2


@pytest.mark.parametrize("left", SPOILS)
def test_a_context_that_is_not_as_it_was_is_thrown_away(windows, left):
    page = windows.open()
    page.goto(LIGHT_PAGE)
    SPOILS[left](page)

    later = window_of_next_test(windows)

    assert seen(later) == NOTHING_LEFT
    assert {each["name"] for each in later.context.cookies()} == {"csrftoken", "device", "sessionid"}
    assert later.context is not page.context


def test_so_is_any_after_a_failure(windows):
    page = windows.open()
    windows.close(keep=False)

    later = windows.open()

    assert later.context is not page.context


def test_two_windows_of_a_test_share_no_context(windows):
    assert windows.open().context is not windows.open().context


def test_what_one_test_asks_for_is_what_it_is_given_and_not_what_the_next_one_is(windows):
    asked = seen(windows.open(viewport=PHONE, **FOR_SOME_EYES))

    later = window_of_next_test(windows)

    assert asked == seen(windows.open(viewport=PHONE, **FOR_SOME_EYES, fresh=True)) != NOTHING_LEFT
    assert seen(later) == NOTHING_LEFT


def test_what_was_being_typed_is_no_draft_of_the_next_test(windows):
    page = windows.open()
    open_form(page)
    fill(page, first_name="Sophie")

    later = window_of_next_test(windows)

    later.goto("/drafts/")
    expect(later.get_by_text("No drafts")).to_be_visible()


def test_who_listens_to_one_window_hears_nothing_of_the_next(windows):
    heard: list[str] = []
    page = windows.open()
    page.on("request", lambda request: heard.append(request.url))
    page.goto(LIGHT_PAGE)
    assert heard

    later = window_of_next_test(windows)

    heard.clear()
    later.goto(LIGHT_PAGE)
    assert heard == []


def test_what_goes_wrong_is_told_once_whatever_the_window_was_used_for_before(windows):
    windows.open().goto(LIGHT_PAGE)
    page = window_of_next_test(windows)
    page.goto(LIGHT_PAGE)

    page.evaluate("() => { console.error('said'); setTimeout(() => { throw new Error('thrown'); }); }")
    page.evaluate("fetch('/nowhere/').then((answer) => answer.text())")
    open_another(page).evaluate("console.warn('warned')")

    told = sorted(each.partition(" (")[0] for each in windows.close())
    assert told == ["404 /nowhere/", "error: said", "thrown", "warning: warned"]
    assert windows.close() == []


def test_what_would_outlast_a_test_takes_a_fresh_window(windows):
    page = windows.open()

    for act in OUTLASTS_A_TEST:
        with pytest.raises(AssertionError, match="fresh=True"):
            act(page)
