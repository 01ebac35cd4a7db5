"""The list fields: nothing typed is lost or changed, whatever the speed, the way out and the case; one Tab leaves."""

import os
from itertools import product

import pytest
from playwright.sync_api import Page, expect

from contacts.models import UsedValue, current_workspace
from tests.browser.acts import control, open_form
from tests.browser.test_keyboard import focused, words
from tests.portal import wait_for

# Known before, so that suggestions are open under every key: most of them begin like what is typed.
KNOWN = ["Rust", "Ruby", "Rusty", "TypeScript", "Élan", "Kubernetes", "data"]
SPEEDS_MS = (0, 3, 30, 200)
CASES = ("rust", "RUST", "Rus", "rUsty", "elan", "Données")
SEPARATED = (",", ";", "，", "；", "、", "､")
KEYS = ("Enter", "Tab", "Shift+Tab", "blur", "click", "submit")
ENDS = (*KEYS, *SEPARATED)
# Every key meets every case and every speed, the slowest once, because it takes its time. What separates is one kind of
# end, whose members share the cases. All in all on demand.
WAYS = (
    list(product(SPEEDS_MS, ENDS, CASES))
    if os.environ.get("EVERY_WAY_TO_TYPE")
    else [(SPEEDS_MS[place % 3], end, text) for end in KEYS for place, text in enumerate(CASES)]
    + [(SPEEDS_MS[place % 3], end, text) for place, (end, text) in enumerate(zip(SEPARATED, CASES, strict=True))]
    + [(SPEEDS_MS[place % 3], end, text) for place, (end, text) in enumerate(zip(SEPARATED, CASES[::-1], strict=True))]
    + [(max(SPEEDS_MS), end, "rust") for end in (*KEYS, SEPARATED[0])]
)
PASTED = {
    "a, b": ["a", "b"],
    "a;b": ["a", "b"],
    "a\nb\r\nc": ["a", "b", "c"],
    "a\tb": ["a", "b"],
    "• Rust\n• Go\n- C++\n* SQL": ["Rust", "Go", "C++", "SQL"],
    "C#, C++; .NET": ["C#", "C++", ".NET"],
    "東京、大阪，京都": ["東京", "大阪", "京都"],
    "Paris, ": ["Paris"],
}


def count_known() -> None:
    """What the workspace's people used before, for every list field."""
    payload = dict.fromkeys(("skills", "languages", "tags", "contact_type"), KNOWN)
    UsedValue.objects.count_in(current_workspace().pk, [payload] * 3)


@pytest.fixture(scope="module")
def _known(portal) -> None:
    portal.call("tests.browser.test_list_fields.count_known")


@pytest.fixture
def form(page, _known) -> Page:
    open_form(page)
    # What is submitted is looked at instead of sent.
    page.evaluate(
        """() => document.getElementById("entry").addEventListener("submit", (event) => {
             event.preventDefault();
             event.stopImmediatePropagation();
             window.submitted = (window.submitted ?? 0) + 1;
           })"""
    )
    return page


def clear(page: Page, name: str) -> None:
    page.evaluate(
        """(name) => { const store = document.querySelector(`[name=${name}]`); store.value = ""; window.submitted = 0;
                       store.dispatchEvent(new Event("change", { bubbles: true })); }""",
        name,
    )


def posted(page: Page, name: str) -> str:
    return page.evaluate("(name) => new FormData(document.getElementById('entry')).get(name)", name)


def leave(page: Page, end: str) -> None:
    if end == "blur":
        page.evaluate("document.activeElement.blur()")
    elif end == "click":
        control(page, "last_name").click()
    elif end == "submit":
        page.keyboard.press("Control+Enter")
    elif end in SEPARATED:
        page.keyboard.insert_text(end)
    else:
        page.keyboard.press(end)


def expect_open(page: Page, name: str) -> None:
    expect(page.locator(f"#id_{name}-suggestions")).to_be_visible()


def test_what_was_typed_is_kept_at_any_speed_by_any_end_in_any_case(form):
    wrong = []
    control(form, "skills").click()
    form.keyboard.press("ArrowDown")
    expect_open(form, "skills")
    for speed, end, text in WAYS:
        clear(form, "skills")
        control(form, "skills").focus()
        form.keyboard.type(text, delay=speed)
        leave(form, end)
        seen = words(form, "skills"), posted(form, "skills"), control(form, "skills").input_value()
        submits = form.evaluate("window.submitted")
        if seen != ([text], text, "") or submits != (end == "submit"):
            wrong.append((speed, end, text, seen, submits))

    assert wrong == []


def test_what_is_pasted_parts_at_every_separator_and_loses_its_bullets(windows, portal):
    page = windows.open(permissions=["clipboard-read", "clipboard-write"])
    open_form(page)
    wrong = []
    for text, expected in PASTED.items():
        clear(page, "skills")
        page.evaluate("(text) => navigator.clipboard.writeText(text)", text)
        control(page, "skills").focus()
        page.keyboard.press("Control+v")
        page.keyboard.press("Tab")
        if (words(page, "skills"), posted(page, "skills")) != (expected, ", ".join(expected)):
            wrong.append((text, words(page, "skills"), posted(page, "skills")))

    assert wrong == []


def test_a_comma_within_a_composition_parts_nothing_until_it_ends(form):
    session = form.context.new_cdp_session(form)
    control(form, "skills").focus()

    for composed in ("と", "とう,", "とう,き"):
        session.send("Input.imeSetComposition", {"text": composed, "selectionStart": 1, "selectionEnd": 1})
        assert words(form, "skills") == []
        assert posted(form, "skills").replace(" ", "") == composed.rstrip(",")
    session.send("Input.insertText", {"text": "東京"})
    form.keyboard.press("Enter")

    assert words(form, "skills") == ["東京"]


class TestChoosing:
    def test_a_word_is_chosen_only_by_going_to_it(self, form):
        control(form, "skills").press_sequentially("ru")
        expect_open(form, "skills")

        second = form.locator("#id_skills-suggestions-1").inner_text()
        form.keyboard.press("ArrowDown")
        form.keyboard.press("ArrowDown")
        expect(control(form, "skills")).to_have_attribute("aria-activedescendant", "id_skills-suggestions-1")
        form.keyboard.press("Enter")

        assert words(form, "skills") == [second]
        assert posted(form, "skills") == second
        assert focused(form) == "id_skills"

    def test_or_by_clicking_it(self, form):
        control(form, "skills").press_sequentially("ru")

        form.get_by_role("option", name="Rusty").click()

        assert words(form, "skills") == ["Rusty"]

    def test_escape_closes_and_keeps_what_is_typed(self, form):
        control(form, "skills").press_sequentially("ru")
        expect_open(form, "skills")

        form.keyboard.press("ArrowDown")
        form.keyboard.press("Escape")
        form.keyboard.press("Enter")

        assert words(form, "skills") == ["ru"]

    def test_typing_on_forgets_where_the_arrows_were(self, form):
        control(form, "skills").press_sequentially("ru")
        expect(form.get_by_role("option", name="Rust", exact=True)).to_be_visible()
        form.keyboard.press("ArrowDown")
        form.keyboard.type("s")
        form.keyboard.press("Enter")

        assert words(form, "skills") == ["rus"]

    def test_accents_and_case_are_no_hindrance(self, form):
        control(form, "skills").press_sequentially("ELA")

        expect(form.locator("#id_skills-suggestions li")).to_have_text(["Élan"])

    def test_a_plain_field_takes_a_chosen_word_and_enter_sends_what_is_typed(self, form, portal):
        portal.call("tests.browser.test_list_fields.count_places")
        control(form, "location").press_sequentially("lj")
        expect_open(form, "location")
        form.keyboard.press("ArrowDown")
        form.keyboard.press("Tab")

        expect(control(form, "location")).to_have_value("Ljubljana")
        assert focused(form) != "id_location"

    def test_the_list_that_is_called_for_begins_at_its_first_word(self, form):
        control(form, "skills").press_sequentially("kub")
        form.keyboard.press("Escape")

        form.keyboard.press("ArrowDown")
        expect(control(form, "skills")).to_have_attribute("aria-activedescendant", "id_skills-suggestions-0")
        form.keyboard.press("Enter")

        assert words(form, "skills") == ["Kubernetes"]

    def test_enter_before_the_called_list_has_come_sends_nothing(self, form):
        form.route("**/suggestions/**", lambda route: None)
        control(form, "current_company").press_sequentially("Ac")

        form.keyboard.press("ArrowDown")
        form.keyboard.press("Enter")

        assert not form.evaluate("window.submitted")
        expect(control(form, "current_company")).to_have_value("Ac")
        form.keyboard.press("Enter")
        assert form.evaluate("window.submitted") == 1


def test_whoever_hurries_past_all_fields_has_their_lists_asked_for_one_after_the_other(form):
    known = form.locator("suggest-values").count()
    form.evaluate(
        """async () => {
          await customElements.whenDefined("suggest-values");
          const ask = window.fetch;
          window.asking = window.mostAsked = window.answered = 0;
          window.fetch = async (url, options) => {
            if (!String(url).startsWith("/suggestions/")) return ask(url, options);
            window.asking += 1;
            window.mostAsked = Math.max(window.mostAsked, window.asking);
            const answer = await ask(url, options);
            window.asking -= 1;
            window.answered += answer.ok;
            return answer;
          };
          for (const entry of document.querySelectorAll("suggest-values [role=combobox]")) entry.focus();
        }"""
    )

    form.wait_for_function("(known) => window.answered === known", arg=known)
    assert known > 5
    assert form.evaluate("window.mostAsked") == 1


class TestWalking:
    def test_enter_in_an_empty_field_moves_on_and_never_submits(self, form):
        control(form, "skills").focus()

        form.keyboard.press("Enter")

        assert focused(form) == "id_languages"
        assert not form.evaluate("window.submitted")

    def test_it_is_heard_as_a_list_only_while_it_holds_words(self, form):
        heard = form.locator("chip-list:has(#id_skills)").get_by_role("list")
        expect(heard).to_have_count(0)

        control(form, "skills").fill("Rust,")
        expect(heard.get_by_role("listitem")).to_have_count(2)
        form.get_by_role("button", name="Remove Rust").click()

        expect(heard).to_have_count(0)

    def test_arrows_walk_the_words_and_backspace_removes(self, form):
        control(form, "skills").fill("Rust, Go, SQL,")

        for key, expected in [
            ("ArrowLeft", "Remove SQL"),
            ("ArrowLeft", "Remove Go"),
            ("ArrowRight", "Remove SQL"),
            ("Home", "Remove Rust"),
            ("ArrowLeft", "Remove Rust"),
            ("ArrowRight", "Remove Go"),
            ("Backspace", "Remove Rust"),
            ("Delete", "Remove SQL"),
            ("End", "id_skills"),
        ]:
            form.keyboard.press(key)
            assert focused(form) == expected, key

        assert words(form, "skills") == ["SQL"]

    def test_what_is_typed_on_a_word_goes_into_the_field(self, form):
        control(form, "skills").fill("Rust,")
        form.keyboard.press("ArrowLeft")

        form.keyboard.type("Go")
        form.keyboard.press("Enter")

        assert words(form, "skills") == ["Rust", "Go"]

    @pytest.mark.parametrize("start", ["id_skills", "Remove Rust"])
    def test_one_tab_leaves_forwards_and_backwards(self, form, start):
        for key, expected in (("Tab", "id_languages"), ("Shift+Tab", "id_years_experience")):
            clear(form, "skills")
            control(form, "skills").fill("Rust, Go,")
            if start != "id_skills":
                form.get_by_role("button", name=start).focus()
            form.keyboard.press(key)
            assert focused(form) == expected


class TestNearlyKnownTags:
    @pytest.mark.parametrize("typed", ["rust", "RÜST", "Rusts", "Ruts", "Typescrpit", "Kubernets"])
    def test_a_tag_that_is_nearly_a_known_one_is_pointed_out(self, form, typed):
        control(form, "tags").press_sequentially(f"{typed},")

        expect(form.locator("[data-similar]")).to_be_visible()
        use = form.locator("[data-similar]").get_by_role("button", name="Use")
        known = use.locator("[data-known]").inner_text()
        use.click()

        assert words(form, "tags") == [known]
        assert known in KNOWN
        assert focused(form) == "id_tags"
        expect(form.locator("[data-similar]")).to_be_hidden()

    def test_it_is_kept_by_who_wants_it(self, form):
        control(form, "tags").press_sequentially("Rusts,")
        form.get_by_role("button", name="Keep Rusts").click()

        assert words(form, "tags") == ["Rusts"]
        expect(form.locator("[data-similar]")).to_be_hidden()

    @pytest.mark.parametrize("typed", ["Rust", "2025", "Go", "Elephant", "dat4"])
    def test_another_word_is_none(self, form, typed):
        control(form, "tags").press_sequentially(f"{typed},")
        form.wait_for_timeout(300)

        expect(form.locator("[data-similar]")).to_be_hidden()

    def test_tab_never_meets_the_note(self, form):
        control(form, "tags").press_sequentially("Rusts")
        form.keyboard.press("Enter")
        expect(form.locator("[data-similar]")).to_be_visible()

        form.keyboard.press("Tab")

        assert focused(form) == "id_source"


class TestCompany:
    @pytest.fixture(autouse=True)
    def _leonar_is_asked(self, leonar, sophie):
        """Where an earlier test had Leonar refuse or hang, it is left alone for half a minute."""
        address = "/suggestions/?field=current_company&q=balt"
        wait_for(lambda: "5d1f0a52" in sophie.get(address).text, seconds=60, what="Leonar's companies")

    def test_a_chosen_company_fills_name_and_id_and_says_so(self, form):
        control(form, "current_company").press_sequentially("balt")
        form.get_by_role("option", name="Baltic Freight in Leonar").click()

        expect(control(form, "current_company")).to_have_value("Baltic Freight")
        assert posted(form, "company_id") == "5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e02"
        expect(form.locator("[data-link]")).to_contain_text("Linked to a company in Leonar.")

    def test_another_name_cuts_the_link_and_the_same_name_ties_it_again(self, form):
        control(form, "current_company").press_sequentially("balt")
        form.get_by_role("option", name="Baltic Freight").click()

        form.keyboard.type("s")
        assert posted(form, "company_id") == ""
        expect(form.locator("[data-link]")).to_contain_text("No longer linked to Baltic Freight in Leonar.")
        form.keyboard.press("Backspace")

        assert posted(form, "company_id") == "5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e02"

    def test_an_id_that_was_given_stays_until_it_is_removed(self, page):
        page.goto("/contacts/new/?current_company=Acme&company_id=5d1f0a52-7c1e-4b7e-9a51-0d3c6a4f1e02")
        control(page, "current_company").press_sequentially("s")
        assert posted(page, "company_id") != ""

        page.get_by_role("button", name="Remove link").click()

        assert posted(page, "company_id") == ""
        expect(page.locator("[data-link]")).to_be_hidden()

    def test_refused_or_slow_it_is_quiet(self, form, leonar):
        leonar.misbehave(mode="status", status=403, code="insufficient_scope", only="GET /companies", calls=9)
        control(form, "current_company").press_sequentially("carti", delay=50)
        form.wait_for_timeout(400)

        expect(form.locator("#id_current_company-suggestions")).to_be_hidden()
        expect(control(form, "current_company")).to_have_value("carti")


def count_places() -> None:
    """A place that no other test of this portal enters."""
    UsedValue.objects.count_in(current_workspace().pk, [{"location": "Ljubljana"}])
