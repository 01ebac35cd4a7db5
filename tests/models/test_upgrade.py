"""A database that holds submissions of an earlier version keeps every row, and finds each by whatever is asked."""

from collections.abc import Iterator

import pytest

from tests.models.old_rows import OLD, ROWS
from tests.portal import PortalProcess

pytestmark = [pytest.mark.slow, pytest.mark.timeout(400)]

# More than one batch of the migration.
MORE = 2100
ASKED: list[tuple[dict, list[str]]] = [
    ({}, list(ROWS)),
    ({"text": "lefevre"}, list(ROWS)),
    ({"text": "jonas cie"}, ["Jonas"]),
    ({"text": "06 39 98 00 01"}, ["Karim"]),
    ({"text": "karim@acme"}, ["Karim"]),
    ({"text": "linkedin.com/in/hugo-l"}, ["Hugo"]),
    ({"own_id_of": "Noor"}, ["Noor"]),
    ({"state": "created"}, ["Karim", "Léa"]),
    ({"state": "needs"}, ["Hugo", "Priya"]),
    ({"state": "waiting"}, ["Jonas", "Noor"]),
    ({"state": "checking"}, ["Marek"]),
    ({"state": "discarded"}, ["Aiko"]),
    ({"has_twin": True}, ["Aiko"]),
    ({"by_check": True}, ["Karim"]),
    ({"is_corrected": True}, ["Priya"]),
    ({"tag": "hugo", "source": "job fair", "by": "sophie"}, ["Hugo"]),
    ({"since": "2025-03-04", "until": "2025-03-05"}, ["Noor", "Jonas", "Priya", "Marek"]),
]


@pytest.fixture
def portal(tmp_path, database_url) -> Iterator[PortalProcess]:
    folder = tmp_path / "portal"
    folder.mkdir()
    nowhere = "http://127.0.0.1:9/api/v1"
    portal = PortalProcess(folder, sandbox_url=nowhere, database_url=database_url, workers=0)
    portal.run("manage.py", "migrate", *OLD, "-v0")
    portal.run("manage.py", "migrate", "accounts", "-v0")
    yield portal
    portal.stop()


def test_every_row_is_kept_and_found_by_words_and_by_every_filter_and_by_what_happens_later(portal):
    portal.call("tests.models.old_rows.fill", MORE)
    held = portal.call("tests.models.old_rows.held")

    portal.run("manage.py", "migrate", "-v0")

    questions = [question for question, _names in ASKED]
    seen = portal.call("tests.models.old_rows.upgraded", questions)
    assert seen["held"] == held
    assert seen["is as if entered now"]
    assert seen["uses of Éclair"] == seen["in all"] == len(ROWS) + MORE
    assert dict(zip(map(str, questions), seen["found"], strict=True)) == {
        str(question): sorted(names) for question, names in ASKED
    }
    later = portal.call("tests.models.old_rows.settled", "Hugo", [{"state": "needs"}, {"state": "discarded"}])
    assert later == [["Priya"], ["Aiko", "Hugo"]]
