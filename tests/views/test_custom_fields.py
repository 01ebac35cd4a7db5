"""The workspace's own fields on the entry page, asked of Leonar; complete and quiet where it says no."""

import pytest
from django.urls import reverse

from contacts.models import LeonarList
from tests.entry_form import typed_form

pytestmark = pytest.mark.django_db

LABELS = ("Notice period", "Expected salary", "Works remotely", "Available from", "Referred by")


def page(browser) -> str:
    answer = browser.get(reverse("entry"))
    assert answer.status_code == 200
    return answer.text


def test_the_page_has_a_control_for_each_in_their_order(signed_in, sandbox):
    text = page(signed_in)

    places = [text.index(label) for label in LABELS]
    assert places == sorted(places)


def test_what_they_hold_is_sent_typed(signed_in, sandbox):
    page(signed_in)

    signed_in.post(
        reverse("entry"),
        typed_form(
            **{
                "custom.notice_period": "1_month",
                "custom.expected_salary": "50 000",
                "custom.works_remotely": "yes",
                "custom.available_from": "2027-01-04",
                "custom_data-0-key": "met_at",
                "custom_data-0-value": "PyCon",
            }
        ),
    )

    assert sandbox.ledger()[0]["body"]["custom_data"] == {
        "notice_period": "1_month",
        "expected_salary": 50000,
        "works_remotely": True,
        "available_from": "2027-01-04",
        "met_at": "PyCon",
    }


def test_what_leonar_refuses_of_one_is_said_at_its_control(signed_in, sandbox):
    page(signed_in)
    message = "custom_data.expected_salary: Must be a round sum"
    sandbox.misbehave(mode="status", status=400, message=message, only="POST /contacts")

    answer = signed_in.post(reverse("entry"), typed_form(**{"custom.expected_salary": "50001"}), follow=True)

    assert 'href="#id_custom.expected_salary"' in answer.text
    assert "Must be a round sum" in answer.text
    assert 'value="50001"' in answer.text


@pytest.mark.parametrize(
    "rule",
    [
        {"mode": "status", "status": 403, "code": "insufficient_scope"},
        {"mode": "status", "status": 502, "body": "html"},
        {"mode": "hang", "seconds": 3},
        {"mode": "malformed"},
    ],
    ids=lambda rule: f"{rule['mode']} {rule.get('status', '')}",
)
def test_the_page_is_whole_without_them(signed_in, sandbox, rule):
    sandbox.misbehave(**rule, only="GET /contacts/custom-fields")

    text = page(signed_in)

    assert "Notice period" not in text
    assert 'name="custom_data-0-key"' in text


def test_what_was_known_stays_when_leonar_is_gone(signed_in, sandbox, settings):
    page(signed_in)
    LeonarList.objects.update(asked_at="2020-01-01T00:00Z")
    settings.LEONAR_API_URL = "http://127.0.0.1:9/api/v1"

    assert "Notice period" in page(signed_in)
