"""No request, however it is made, ends in a mistake of the portal's own. `make fuzz` runs many more of them."""

import os
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from tests.fuzz.cases import Case, Generator
from tests.fuzz.faults import SEED, Faults
from tests.views.test_matrix import Visitors, addresses

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(7200)]

CASES = int(os.environ.get("FUZZ_CASES", "400"))


def test_no_request_ends_in_a_mistake_of_the_portals_own():
    visitors, faults = Visitors(), Faults()
    own = [
        settings.SESSION_COOKIE_NAME,
        settings.CSRF_COOKIE_NAME,
        settings.DEVICE_COOKIE_NAME,
        settings.MESSAGES_COOKIE_NAME,
    ]
    ids = [str(visitors.submission.pk), str(visitors.owner.pk), "1", "tags", "created", "needs", "work", "text"]
    generator = Generator(
        SEED, addresses=sorted(set(addresses())), people=sorted(visitors.browsers), ids=ids, cookies=own
    )
    with faults.watched():
        for _ in range(CASES):
            faults.case = case = generator.case()
            status = _ask(visitors.browsers[case.who], case)
            assert status < 500 or status == 503 or faults.found, case

    assert faults.found == {}


def _ask(browser: Client, case: Case) -> int:
    """The status of the answer; nothing that was done stays done."""
    kept = {name: morsel.value for name, morsel in browser.cookies.items()}
    browser.cookies.load(case.cookies)
    # No block of its own: what the portal stores for good says so, and may be in none but the test's.
    before = transaction.savepoint()
    if case.content_type is not None:
        body = (case.body, case.content_type)
        answer: Any = browser.generic(case.method.upper(), case.path, *body, headers=case.headers)
    else:
        data = {"data": case.body} if case.method == "post" else {}
        answer = getattr(browser, case.method)(case.path, headers=case.headers, **data)
    answer.getvalue()
    transaction.savepoint_rollback(before)
    # Gone as well: PostgreSQL keeps a lock for each that is still open, and each is within the one before.
    transaction.savepoint_commit(before)
    browser.cookies.clear()
    browser.cookies.load(kept)
    return answer.status_code
