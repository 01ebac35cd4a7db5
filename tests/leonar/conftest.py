"""A server that misbehaves on demand, and a client that talks to it."""

from collections.abc import Callable

import pytest

from contacts.leonar.client import LeonarClient
from tests.delivery.faults.scripts import Script
from tests.delivery.faults.server import FaultServer

KEY = "leo_not_a_real_key_0123456789"


@pytest.fixture
def server():
    with FaultServer() as server:
        yield server


@pytest.fixture
def client_of(server) -> Callable[..., LeonarClient]:
    """Makes the client whose calls `script` answers."""

    def make(script: Script, **options) -> LeonarClient:
        return LeonarClient(base_url=server.play(script), api_key=KEY, ca_bundle=server.ca_bundle, **options)

    return make
