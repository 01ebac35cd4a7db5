"""On paper: whole, exact, black on white, and nothing that can only be pressed."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import create, expect_no_sideways_scrolling

# The width of A4 between its margins, in CSS pixels.
A4 = {"width": 718, "height": 1000}
LONG = "Bartholomew" * 9
EXACT = re.compile(r"\d{1,2} [A-Z][a-z]+ 20\d\d, \d\d:\d\d:\d\d")

shown = (
    "[...document.querySelectorAll('main, main *')].filter((e) => e.checkVisibility()).map((e) => getComputedStyle(e))"
)
# How light the text is that can be seen, from 0 to 255: colours of the dark scheme are far above what paper can show.
lightest_text = f"""Math.max(...{shown}.map((s) => {{
    const [r, g, b] = s.color.match(/[\\d.]+/g).map(Number);
    return .2 * r + .7 * g + .1 * b;
}}))"""
cut_off = """[...document.querySelectorAll('main *')]
    .filter((e) => e.checkVisibility() && !e.classList.contains('unseen') && e.scrollWidth > e.clientWidth + 1
        && e.clientWidth > 1 && getComputedStyle(e).overflowX !== 'visible')
    .map((e) => e.className || e.tagName)"""


@pytest.fixture
def page(windows) -> Page:
    """A sheet of paper, printed by somebody whose screen is dark."""
    return windows.open("admin", viewport=A4, color_scheme="dark")


def test_a_record_is_the_contact_without_what_can_only_be_pressed(page, leonar):
    create(page, first_name="Sophie", last_name="Martin", title="Engineer")

    page.emulate_media(media="print")

    expect(page.get_by_role("heading", name="Sophie Martin")).to_be_visible()
    expect(page.get_by_text("Created in Leonar").first).to_be_visible()
    for hidden in ("nav", ".person", ".sandbox-mark", ".steps", "copy-button button"):
        expect(page.locator(hidden).first).to_be_hidden()


def test_the_history_is_the_list_without_what_can_only_be_pressed(page, leonar):
    create(page, first_name="Sophie", last_name="Martin")
    page.goto("/submissions/")

    page.emulate_media(media="print")

    expect(page.locator("td.who").first).to_contain_text("Sophie Martin")
    for hidden in (".tabs", ".filters", "td.tick", "td.acts", ".title-line .button", ".many"):
        expect(page.locator(hidden).first).to_be_hidden()


@pytest.mark.parametrize("where", ["record", "history"])
def test_times_are_exact_and_nothing_is_pale_or_cut_off(page, leonar, where):
    create(page, first_name=LONG, last_name="Martin", location="Lyon " * 60, skills=LONG)
    if where == "history":
        page.goto("/submissions/")

    page.emulate_media(media="print")

    times = page.locator("main time").all()
    assert times
    assert [time.inner_text() for time in times if not EXACT.fullmatch(time.inner_text())] == []
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate(lightest_text) < 140
    assert page.evaluate(cut_off) == []
    expect_no_sideways_scrolling(page)
