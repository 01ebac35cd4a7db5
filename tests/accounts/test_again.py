"""Proving anew who one is, before something that matters."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("page", ["account_reauthenticate", "mfa_reauthenticate", "mfa_reauthenticate_webauthn"])
@pytest.mark.parametrize("way_on", ["http://[", "//[::1", "https://evil.example/"])
def test_a_way_on_that_is_no_page_of_the_portals_leads_nowhere(signed_in, page, way_on):
    answer = signed_in.get(reverse(page), {"next": way_on})

    assert answer.status_code in (200, 302)
    assert "evil.example" not in answer.headers.get("Location", "")
