"""The database's connection while a call to Leonar is under way."""

from types import SimpleNamespace

import pytest

from contacts.delivery import clients


@pytest.mark.parametrize(
    ("vendor", "is_within_a_transaction", "is_given_back"),
    [("postgresql", False, True), ("postgresql", True, False), ("sqlite", False, False)],
)
def test_it_is_given_back_where_others_wait_for_it(monkeypatch, vendor, is_within_a_transaction, is_given_back):
    closed = []
    stand_in = SimpleNamespace(
        vendor=vendor, in_atomic_block=is_within_a_transaction, close=lambda: closed.append(vendor)
    )
    monkeypatch.setattr(clients, "connection", stand_in)

    clients.release_database()

    assert bool(closed) == is_given_back
