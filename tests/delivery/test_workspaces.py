"""What was entered for one Leonar account never reaches another, whatever database both share. Real processes."""

import io

import pytest
from django.core.management import call_command
from django.urls import reverse

from contacts.delivery import worker
from contacts.models import Submission
from contacts.operations import elsewhere
from tests.portal import PortalProcess
from tests.sandbox_process import SandboxProcess
from tests.submissions import queued

SECRET = "a long secret for tests alone, 0123456789 ABCDEF abcdef"
KEY = "leo_0123456789abcdef"


@pytest.fixture
def leonar(tmp_path):
    """A second stand-in, taken for the real service by a portal with a key."""
    with SandboxProcess(tmp_path / "leonar") as leonar:
        yield leonar


def portal(folder, database_url, leonar: SandboxProcess, **environment: str) -> PortalProcess:
    settings = {"SECRET_KEY": SECRET} | environment
    return PortalProcess(folder, sandbox_url=leonar.api_url, database_url=database_url, workers=0, environment=settings)


def states(portal: PortalProcess) -> dict[str, int]:
    return portal.call("tests.rows.states")


@pytest.mark.slow
class TestOneDatabaseForBoth:
    def test_a_key_never_sends_what_was_entered_for_the_sandbox_nor_the_other_way_round(
        self, tmp_path, database_url, sandbox, leonar
    ):
        with (
            portal(tmp_path / "trial", database_url, sandbox) as trial,
            portal(tmp_path / "real", database_url, leonar, LEONAR_API_KEY=KEY) as real,
        ):
            trial.call("tests.rows.queue", 2)
            said = real.run("manage.py", "deliver", "--once")

            assert leonar.contacts() == []
            assert states(real) == {"queued": 2}
            assert "2 entries wait in the workspace “sandbox”" in said

            real.call("tests.rows.queue", 1, "Kowalska")
            trial.run("manage.py", "deliver", "--once")

            assert [contact["last_name"] for contact in leonar.contacts()] == []
            assert {contact["last_name"] for contact in sandbox.contacts()} == {"Martin-00001", "Martin-00002"}

            real.run("manage.py", "deliver", "--once")

            assert [contact["last_name"] for contact in leonar.contacts()] == ["Kowalska"]
            assert len(sandbox.contacts()) == 2

    def test_another_accounts_key_starts_with_an_empty_queue_and_a_new_key_of_the_same_goes_on(
        self, tmp_path, database_url, sandbox, leonar
    ):
        first = {"LEONAR_API_KEY": KEY, "LEONAR_WORKSPACE": "agency-paris"}
        with (
            portal(tmp_path / "paris", database_url, leonar, **first) as paris,
            portal(tmp_path / "lyon", database_url, leonar, **first | {"LEONAR_WORKSPACE": "agency-lyon"}) as lyon,
            portal(tmp_path / "again", database_url, leonar, **first | {"LEONAR_API_KEY": f"{KEY}-new"}) as again,
        ):
            paris.call("tests.rows.queue", 1)

            said = lyon.run("manage.py", "deliver", "--once")
            assert leonar.contacts() == []
            assert "1 entry waits in the workspace “agency-paris”" in said

            again.run("manage.py", "deliver", "--once")
            assert len(leonar.contacts()) == 1


@pytest.mark.django_db(transaction=True)
class TestWhatPeopleSee:
    @pytest.fixture
    def elsewhere_waiting(self, recruiter):
        """One submission that waits in the sandbox's workspace."""
        queued(recruiter, {"first_name": "Sophie"})

    @pytest.fixture
    def another_key(self, settings, elsewhere_waiting):
        settings.SANDBOX, settings.LEONAR_API_KEY, settings.LEONAR_WORKSPACE = False, KEY, "agency-lyon"

    def test_nothing_of_it_is_due_or_shown(self, another_key, admin_signed_in):
        assert worker.step(worker="test") is False
        assert "Sophie" not in admin_signed_in.get(reverse("history")).text

    def test_an_admin_is_told_how_much_waits_elsewhere(self, another_key, admin_signed_in, signed_in):
        said = "1 entry waits in the workspace “sandbox”"

        assert said in admin_signed_in.get(reverse("history")).text
        assert said in admin_signed_in.get(reverse("admin:index")).text
        assert said not in signed_in.get(reverse("history")).text

    def test_nobody_is_where_nothing_waits_elsewhere(self, elsewhere_waiting, admin_signed_in):
        assert elsewhere.waiting() == []
        assert "waits in the workspace" not in admin_signed_in.get(reverse("history")).text

    def test_what_is_finished_there_does_not_wait(self, another_key):
        Submission.objects.update(state=Submission.State.DISCARDED, due_at=None)

        assert elsewhere.waiting() == []

    def test_deliver_says_so_at_its_start(self, another_key, settings):
        settings.LEONAR_API_URL = "http://127.0.0.1:9/api/v1"
        said = io.StringIO()

        call_command("deliver", "--once", stdout=said)

        assert "1 entry waits in the workspace “sandbox”" in said.getvalue()
