"""Two presses, two tabs, two people: one result, and one clear message."""

from playwright.sync_api import expect

from tests.browser.acts import control, create, expect_state, fill, open_form, press_create, submission_id


def test_pressing_again_after_back_lands_on_the_same_record(page, leonar):
    first = create(page, first_name="Sophie", title="Engineer")

    page.go_back()
    press_create(page)

    expect_state(page, "created")
    assert submission_id(page) == first
    assert len(leonar.ledger()) == 1


def test_a_second_press_with_other_content_shows_what_differs_and_sends_it_as_a_new_contact(page, leonar):
    create(page, first_name="Sophie", title="Engineer", tags="Lyon")
    page.go_back()
    fill(page, title="Director")

    press_create(page)

    notice = page.get_by_role("alert")
    expect(notice).to_contain_text("This form was sent before")
    expect(notice).to_be_focused()
    expect(page).to_have_title("Already sent, with other content · Leonar Portal")
    expect(notice.get_by_role("row")).to_have_count(2)
    expect(notice.get_by_role("row").last.get_by_role("cell")).to_have_text(["Engineer", "Director"])
    expect(notice.get_by_role("link", name="Sophie")).to_be_visible()
    assert len(leonar.ledger()) == 1
    page.get_by_role("button", name="Send as a new contact").click()
    expect_state(page, "created")
    assert [(sent["body"]["title"], sent["body"]["tags"]) for sent in leonar.ledger()] == [
        ("Engineer", ["Lyon"]),
        ("Director", ["Lyon"]),
    ]


def test_a_second_tab_of_the_same_form_creates_nothing_new(page, leonar):
    open_form(page)
    fill(page, first_name="Karim", last_name="Haddad")
    twin = page.context.new_page()
    open_form(twin)
    fill(twin, first_name="Karim", last_name="Haddad")
    # What a browser's "duplicate tab" does: the same page, and so the same token.
    token = page.locator("[name=form_token]").input_value()
    twin.locator("[name=form_token]").evaluate("(field, token) => { field.value = token; }", token)

    press_create(page)
    press_create(twin)

    expect_state(page, "created")
    expect_state(twin, "created")
    assert submission_id(page) == submission_id(twin)
    assert len(leonar.ledger()) == 1


def test_of_two_people_who_act_at_once_one_wins_and_the_other_is_told(windows, leonar):
    recruiter, admin = windows.open(), windows.open("admin")
    leonar.misbehave(mode="status", status=400, message="first_name: Not a name", only="POST /contacts")
    open_form(recruiter)
    fill(recruiter, first_name="Ana")
    press_create(recruiter)
    expect_state(recruiter, "rejected")
    admin.goto(recruiter.url)
    admin.get_by_text("Discard this entry").click()
    admin.get_by_label("Why").fill("entered by mistake")
    fill(recruiter, first_name="Anna")

    admin.get_by_role("button", name="Discard").click()
    expect_state(admin, "discarded")
    recruiter.get_by_role("button", name="Correct and send again").click()

    expect_state(recruiter, "discarded")
    expect(recruiter.get_by_role("alert")).to_have_count(1)
    expect(admin.get_by_role("alert")).to_have_count(0)
    assert len(leonar.ledger()) == 1


def test_of_a_correction_and_a_discard_at_once_the_correction_that_came_first_stands(windows, leonar):
    recruiter, admin = windows.open(), windows.open("admin")
    leonar.misbehave(mode="status", status=400, message="first_name: Not a name", only="POST /contacts")
    open_form(recruiter)
    fill(recruiter, first_name="Ana")
    press_create(recruiter)
    expect_state(recruiter, "rejected")
    admin.goto(recruiter.url)
    admin.get_by_text("Discard this entry").click()
    admin.get_by_label("Why").fill("entered by mistake")
    control(recruiter, "first_name").fill("Anna")

    recruiter.get_by_role("button", name="Correct and send again").click()
    expect_state(recruiter, "created")
    admin.get_by_role("button", name="Discard").click()

    expect_state(admin, "created")
    expect(admin.get_by_role("alert")).to_have_count(1)
    assert [contact["first_name"] for contact in leonar.contacts()] == ["Anna"]
