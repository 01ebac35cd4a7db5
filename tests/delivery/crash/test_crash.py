"""`make crash` in small, and proof that it would notice."""

import pytest

from tests.delivery.crash import portal_run
from tests.delivery.crash.__main__ import DELIVERERS


@pytest.mark.slow
@pytest.mark.timeout(300)
@pytest.mark.parametrize("database_url", DELIVERERS, indirect=True)
def test_kills_at_random_moments_lose_double_and_forget_nothing(database_url, tmp_path):
    deliverers = DELIVERERS["sqlite" if database_url.startswith("sqlite") else "postgres"]

    run = portal_run.run(
        tmp_path, title="", database_url=database_url, deliverers=deliverers, submissions=120, kills=15, seed=1
    )

    assert run.buckets.violations == {}
    assert run.unexpected == []
    assert run.kills.total() >= 15
    assert len(run.buckets.acknowledged) >= 80
