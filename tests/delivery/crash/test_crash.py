"""`make crash` in small, and proof that it would notice.

That it notices is no matter of chance: what each planted fault spoils is entered for certain before chance has its way.
"""

import pytest

from tests.delivery.crash import certainties, portal_run

PLANTED = "tests.delivery.crash.planted"
# Enough that what goes wrong at every kill is seen; what is rare is for the long run.
SUBMISSIONS, KILLS = 32, 5
# Two are as many as can meet at one row.
DELIVERERS = {"sqlite": 1, "postgres": 2}


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("fault", "seen_as", "certain"),
    [("leases", "duplicated", certainties.INTERRUPTED), ("matcher", "lost", certainties.NAMESAKE)],
)
def test_a_planted_fault_is_reported(fault, seen_as, certain, tmp_path):
    environment = {"DJANGO_SETTINGS_MODULE": PLANTED, "PLANTED_FAULT": fault}

    run = portal_run.run(
        tmp_path,
        title="",
        database_url=f"sqlite:///{tmp_path / 'portal.sqlite3'}",
        deliverers=1,
        submissions=8,
        kills=1,
        seed=1,
        environment=environment,
    )

    assert certain in run.buckets.violations[seen_as]


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.parametrize("database_url", DELIVERERS, indirect=True)
def test_kills_at_random_moments_lose_double_and_forget_nothing(database_url, tmp_path):
    deliverers = DELIVERERS["sqlite" if database_url.startswith("sqlite") else "postgres"]

    run = portal_run.run(
        tmp_path,
        title="",
        database_url=database_url,
        deliverers=deliverers,
        submissions=SUBMISSIONS,
        kills=KILLS,
        seed=1,
    )

    assert run.buckets.violations == {}
    assert run.unexpected == []
    assert run.kills.total() >= KILLS
    assert len(run.buckets.acknowledged) >= SUBMISSIONS * 2 / 3
