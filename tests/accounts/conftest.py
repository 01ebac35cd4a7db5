"""The company's own sign-in: a real provider, over HTTP."""

import pytest

from accounts import roles
from tests.accounts.provider import ProviderProcess


@pytest.fixture(scope="module")
def _provider(tmp_path_factory):
    with ProviderProcess(tmp_path_factory.mktemp("provider")) as provider:
        yield provider


@pytest.fixture
def company(_provider, settings) -> ProviderProcess:
    """The provider, and the portal's settings for it."""
    settings.OIDC_ISSUER, settings.OIDC_NAME = _provider.issuer, "Example Ltd"
    settings.OIDC_ROLES = {"sales": roles.RECRUITER, "it": roles.ADMIN}
    app = {
        "provider_id": "company",
        "name": "Example Ltd",
        "client_id": "leonar-portal",
        "secret": "invented secret",
        "settings": {"server_url": _provider.issuer},
    }
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
    return _provider
