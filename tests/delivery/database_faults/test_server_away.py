"""PostgreSQL goes away under running processes, and comes back: nobody has to restart them."""

import subprocess
import sys
from itertools import count

import pytest

from tests.databases import PostgresServer
from tests.entry_form import typed_form
from tests.portal import PROJECT_ROOT, PortalProcess, wait_for
from tests.sandbox_process import SandboxProcess

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

TERMINATE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = %s"


@pytest.fixture(scope="module")
def server():
    """The tests' own, for it is stopped; each has another database on it, which is prepared once for all."""
    with PostgresServer() as server:
        yield server


@pytest.fixture
def sandbox(tmp_path):
    with SandboxProcess(tmp_path / "sandbox") as sandbox:
        yield sandbox


@pytest.fixture
def portal(tmp_path, server, sandbox):
    url = server.new_database()
    with PortalProcess(
        tmp_path / "portal", sandbox_url=sandbox.api_url, database_url=url, deliverers=1, workers=1
    ) as portal:
        yield portal


def test_while_the_server_is_away_nothing_typed_is_lost_and_then_all_goes_on(server, portal, sandbox):
    sophie = portal.sign_in()
    form = typed_form(last_name="Martin", title="Engineer")
    server.stop()

    answer = sophie.post("/contacts/new/", form)
    pages = {path: sophie.get(path).status_code for path in ("/contacts/new/", "/submissions/", "/readyz", "/healthz")}
    server.start()
    again = wait_for(lambda: saved(sophie.post("/contacts/new/", form)), seconds=60, what="saving")
    portal.call("tests.rows.queue", 1)
    wait_for(lambda: len(sandbox.contacts()) == 2, seconds=60, what="what the deliverer sends")

    assert answer.status_code == 503
    assert 'value="Martin"' in answer.text
    assert 'value="Engineer"' in answer.text
    assert str(form["form_token"]) in answer.text
    assert pages == {"/contacts/new/": 503, "/submissions/": 503, "/readyz": 503, "/healthz": 200}
    assert again.status_code == 302
    assert len(sandbox.ledger()) == 2


def test_connections_that_are_cut_again_and_again_lose_and_double_nothing(server, portal, sandbox):
    sophie = portal.sign_in()
    database = portal.database_url.rpartition("/")[2]
    forms = [typed_form(last_name=f"Martin-{number:05}") for number in range(40)]
    statuses = set()
    with server.connect() as administrator:
        for form, number in zip(forms, count()):
            if number % 2:
                administrator.execute(TERMINATE, [database])
            answer = sophie.post("/contacts/new/", form)
            statuses.add(answer.status_code)
            while not saved(answer):
                answer = sophie.post("/contacts/new/", form)
                statuses.add(answer.status_code)
    wait_for(lambda: set(portal.call("tests.rows.states")) == {"created"}, seconds=90, what="the end of it")

    assert statuses <= {302, 503}
    assert sorted(line["body"]["last_name"] for line in sandbox.ledger()) == sorted(str(f["last_name"]) for f in forms)


def test_while_the_server_takes_no_writes_pages_are_shown_and_acts_answer_503(server, portal, sandbox):
    sophie = portal.sign_in()
    page = sophie.submit(last_name="Martin").headers["Location"]
    database = portal.database_url.rpartition("/")[2]
    with server.connect() as administrator:
        administrator.execute(f'ALTER DATABASE "{database}" SET default_transaction_read_only = on')
        administrator.execute(TERMINATE, [database])

    shown = [sophie.get(path).status_code for path in ("/contacts/new/", page, "/submissions/")]
    acts = [
        sophie.submit(last_name="Haddad").status_code,
        sophie.post(f"{page}discard/", {"note": "Entered twice", "revision": "0"}).status_code,
        sophie.post("/submissions/", {"q": "Martin"}).status_code,
        sophie.post("/accounts/logout/", {}).status_code,
    ]

    assert shown == [200, 200, 200]
    assert acts == [503, 503, 503, 503]
    assert len(sandbox.ledger()) == 1


HOLD_THE_GATE = """
import django, os, signal
django.setup()
from django.db import transaction
from contacts.delivery import gate
with transaction.atomic():
    gate.hold()
    print("held", flush=True)
    os.kill(os.getpid(), signal.SIGSTOP)
"""


def test_a_process_that_is_stopped_while_it_holds_the_gate_holds_nobody_up(portal, sandbox):
    sophie = portal.sign_in()
    command = [sys.executable, "-c", HOLD_THE_GATE]
    with subprocess.Popen(command, cwd=PROJECT_ROOT, env=portal.environment, stdout=subprocess.PIPE) as stopped:
        try:
            assert stopped.stdout is not None
            assert stopped.stdout.readline() == b"held\n"
            answer = sophie.submit(last_name="Martin")
        finally:
            stopped.kill()

    assert answer.status_code == 302
    assert len(sandbox.contacts()) == 1


def saved(answer):
    return answer if answer.status_code == 302 else None
