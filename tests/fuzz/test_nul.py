"""NUL, which PostgreSQL refuses loudly, in every parameter, field and cookie of every address at once and alone."""

import pytest
from django.conf import settings
from django.db import transaction

from tests.entry_form import typed_form
from tests.fuzz.cases import PARAMETERS
from tests.views.test_matrix import Visitors, addresses

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NUL = "a\0b"


@pytest.fixture
def visitors(db) -> Visitors:
    return Visitors()


def statuses(visitors: Visitors, **options) -> dict[str, int]:
    """What each address answers an admin who asks so, where it is a mistake of the portal's own."""
    found = {}
    for address in sorted(set(addresses())):
        for method in ("get", "post"):
            with transaction.atomic():
                asked = {"data": options["data"], "headers": options.get("headers")}
                answer = getattr(visitors.browsers["admin"], method)("/" + visitors.path(address).lstrip("/"), **asked)
                answer.getvalue()
                transaction.set_rollback(True)
            if answer.status_code >= 500:
                found[f"{method} {address}"] = answer.status_code
    return found


def test_in_all_values_at_once(visitors):
    assert statuses(visitors, data=typed_form() | dict.fromkeys(PARAMETERS, NUL)) == {}


def test_in_a_name(visitors):
    assert statuses(visitors, data={NUL: NUL}) == {}


@pytest.mark.parametrize("name", ["q", "pk__in", "known_by"])
def test_in_one_value_alone(visitors, name):
    assert statuses(visitors, data={name: NUL}) == {}


@pytest.mark.parametrize("name", [settings.SESSION_COOKIE_NAME, settings.DEVICE_COOKIE_NAME, settings.CSRF_COOKIE_NAME])
def test_in_a_cookie_as_servers_read_it(client, name):
    client.raise_request_exception = False

    answers = [client.get(page, headers={"Cookie": f'{name}="\\000{"a" * 31}"'}) for page in ("/accounts/login/", "/")]

    assert [answer.status_code for answer in answers] == [200, 302]
