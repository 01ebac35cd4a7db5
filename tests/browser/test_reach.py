"""Everybody can see and reach it: the focus, forced colours, motion, and the bytes to be fetched."""

import base64
import gzip
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import (
    ADD,
    control,
    create,
    expect_no_sideways_scrolling,
    expect_state,
    fill,
    measured,
    open_form,
    press_create,
    unfold_for,
)
from tests.browser.windows import PHONE

MOTION_SECONDS = 0.15
FORM_BYTES = 30 * 1024


def test_the_dark_scheme_is_dark(page):
    open_form(page)
    grounds = []
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        colour = page.evaluate("getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)")
        grounds.append(sum(colour[:3]) / 3)

    assert grounds[0] > 200
    assert grounds[1] < 60


def walk(page: Page, key: str, *, until: str) -> list[str]:
    """Moves the focus until it is where it shall end, and looks at each control on the way."""
    complaints: list[str] = []
    for _ in range(100):
        page.keyboard.press(key)
        complaints += measured(page, "lostFocus")
        if page.evaluate("end => document.activeElement.matches(end)", until):
            return complaints
    raise AssertionError(f"{until} was not reached")


@pytest.mark.parametrize("size", [{"width": 1280, "height": 700}, PHONE], ids=["wide", "phone"])
def test_the_focus_is_always_seen_and_never_under_the_submit_bar(windows, size):
    page = windows.open(viewport=size)
    open_form(page)
    for prefix, name in ADD.items():
        unfold_for(page, prefix)
        page.get_by_role("button", name=name).click()
    control(page, "tags").fill("Lyon, speaker,")
    control(page, "first_name").focus()

    complaints = walk(page, "Tab", until=".submit-bar button") + walk(page, "Shift+Tab", until="#id_first_name")

    assert complaints == []


def test_letters_twice_as_large_do_not_widen_the_page_of_a_phone(windows, sophie, leonar):
    """Half the width at the usual size is to every measure in rem what 320 px are at twice the size."""
    sophie.submit(first_name="Karim", last_name="Haddad")
    page = windows.open(viewport={"width": 160, "height": 320})
    open_form(page)
    expect(page.locator(".recent")).to_contain_text("Karim Haddad")

    expect_no_sideways_scrolling(page)


@pytest.mark.parametrize("forced_colors", ["none", "active"])
def test_the_cross_that_removes_a_word_is_seen(windows, forced_colors):
    page = windows.open(forced_colors=forced_colors)
    open_form(page)
    control(page, "skills").fill("Rust,")

    box = page.get_by_role("button", name="Remove Rust").bounding_box()
    middle = {"x": box["x"] + box["width"] / 2 - 6, "y": box["y"] + box["height"] / 2 - 6, "width": 12, "height": 12}
    seen = page.screenshot(clip=middle)

    assert measured(page, "plainPicture", base64.b64encode(seen).decode()) == []


@pytest.mark.parametrize("address", ["/submissions/", "/events/"])
def test_a_date_is_read_whole_on_a_narrow_screen(windows, address):
    page = windows.open("admin", viewport=PHONE)
    page.goto(address)

    clipped = page.evaluate("""() => [...document.querySelectorAll("input[type=date]")].filter((date) => {
        const given = date.getBoundingClientRect().width;
        date.style.cssText = "flex: none; inline-size: max-content; min-inline-size: 0; max-inline-size: none";
        return date.getBoundingClientRect().width > given + 0.5;
    }).length""")

    assert page.locator("input[type=date]:visible").count() >= 2
    assert clipped == 0


def test_nothing_moves_for_those_who_asked_for_it(windows):
    page = windows.open(reduced_motion="reduce")

    open_form(page)

    assert measured(page, "longMotions", 0) == []


def test_nothing_moves_for_long(page):
    open_form(page)

    assert measured(page, "longMotions", MOTION_SECONDS) == []


def test_the_error_clears_as_soon_as_the_field_is_right_and_never_comes_while_typing(page):
    open_form(page)
    years = control(page, "years_experience")
    years.fill("seven")
    control(page, "title").focus()
    expect(page.locator(".error")).to_have_count(0)
    fill(page, first_name="Sophie")
    press_create(page)
    expect(years).to_have_attribute("aria-invalid", "true")

    years.fill("7")

    expect(years).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator("#id_years_experience-error")).to_have_count(0)


def test_the_form_page_needs_no_more_than_30_kb_of_scripts_and_styles(windows):
    page = windows.open(fresh=True)
    sizes: dict[str, int] = {}
    answers = []
    page.on("response", lambda answer: answers.append(answer))

    open_form(page)

    for answer in answers:
        if answer.request.resource_type in ("script", "stylesheet"):
            sizes[urlsplit(answer.url).path] = len(gzip.compress(answer.body(), compresslevel=6))
    assert len(sizes) >= 8
    assert sum(sizes.values()) <= FORM_BYTES, sizes


def test_create_and_add_another_opens_the_next_form_with_what_was_pinned_and_the_last_outcome(page, leonar):
    create(page, first_name="Sophie")
    open_form(page)
    fill(page, first_name="Karim", source="meetup", title="CTO", tags="Lyon")
    page.get_by_role("group", name="Keep for the next contact").get_by_label("Source").check()

    page.get_by_role("button", name="Create and add another").click()

    expect(page.get_by_role("link", name="Karim").first).to_be_visible()
    expect(page.locator(".notice-slim")).to_contain_text("Created in Leonar")
    expect(control(page, "first_name")).to_be_focused()
    expect(control(page, "source")).to_have_value("meetup")
    expect(control(page, "title")).to_have_value("")
    expect(page.locator("[name=tags]")).to_have_value("")
    expect(page.locator("[name=pinned]:checked")).to_have_value("source")
    assert [sent["body"]["first_name"] for sent in leonar.ledger()] == ["Sophie", "Karim"]


def test_edit_as_new_opens_the_form_with_the_contact_in_it(page, leonar):
    create(page, first_name="Sophie", last_name="Martin", tags="Lyon, speaker")

    page.get_by_role("link", name="Edit as new").click()

    expect(control(page, "last_name")).to_have_value("Martin")
    expect(page.locator(".chip")).to_have_text(["Lyon", "speaker"])
    press_create(page)
    expect_state(page, "created")
    assert len(leonar.contacts()) == 2
