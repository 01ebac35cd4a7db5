import json
import resource
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from tests.sandbox.calls import create, get, post
from tests.sandbox_process import SandboxProcess


@pytest.fixture
def data_dir(tmp_path):
    return tmp_path / "var" / "sandbox"


@pytest.mark.parametrize("end", [SandboxProcess.stop, SandboxProcess.kill])
def test_contacts_tags_and_ledger_survive_a_restart(data_dir, end):
    with SandboxProcess(data_dir) as sandbox:
        contacts = [create(sandbox, first_name=name, tags=[f"Tag {name}"]) for name in ("Sophie", "Karim", "Ana")]
        tags = get(sandbox, "/tags").json
        ledger = sandbox.ledger()
        end(sandbox)

        sandbox.start()

        assert sandbox.contacts() == contacts
        assert get(sandbox, "/tags").json == tags
        assert sandbox.ledger() == ledger
        assert get(sandbox, f"/contacts/{contacts[1]['id']}").json["data"] == contacts[1]


def test_a_restart_keeps_the_port(data_dir):
    with SandboxProcess(data_dir) as sandbox:
        port = sandbox.port

        sandbox.restart()

        assert sandbox.port == port


def test_what_a_reset_forgot_stays_forgotten(data_dir):
    with SandboxProcess(data_dir) as sandbox:
        create(sandbox, first_name="Sophie")
        sandbox.reset()
        kept = create(sandbox, first_name="Karim")

        sandbox.restart()

        assert sandbox.contacts() == [kept]
        assert len(sandbox.ledger()) == 1


def test_a_line_that_was_cut_short_is_passed_over(data_dir):
    with SandboxProcess(data_dir) as sandbox:
        first = create(sandbox, first_name="Sophie")
        create(sandbox, first_name="Karim")
        sandbox.kill()
        for name in ("contacts.jsonl", "ledger.jsonl"):
            path = data_dir / name
            path.write_bytes(path.read_bytes()[:-20])

        sandbox.start()
        third = create(sandbox, first_name="Ana")
        sandbox.restart()

        assert sandbox.contacts() == [first, third]
        assert [line["body"]["first_name"] for line in sandbox.ledger()] == ["Sophie", "Karim", "Ana"]


def test_what_does_not_fit_on_the_disk_is_refused_and_leaves_no_trace(data_dir):
    with SandboxProcess(data_dir) as sandbox:
        first = create(sandbox, first_name="Sophie")
        room = (data_dir / "contacts.jsonl").stat().st_size + 100
        resource.prlimit(sandbox.pid, resource.RLIMIT_FSIZE, (room, resource.RLIM_INFINITY))
        refused = post(sandbox, "/contacts", {"first_name": "Karim"})
        resource.prlimit(sandbox.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        third = create(sandbox, first_name="Ana")

        sandbox.restart()

        assert refused.status == 500
        assert refused.error["code"] == "internal_error"
        assert sandbox.contacts() == [first, third]


def test_the_search_lag_ends_with_the_process(data_dir):
    with SandboxProcess(data_dir) as sandbox:
        sandbox.misbehave(mode="search_lag", seconds=3600)
        create(sandbox)

        sandbox.restart()

        assert get(sandbox, "/contacts").json["meta"]["total"] == 1


def test_fifty_thousand_contacts_are_there_within_the_start(data_dir):
    with SandboxProcess(data_dir) as sandbox:
        template = create(
            sandbox, last_name="Martin", email="sophie@example.com", title="Engineer", skills=["Rust", "SQL"]
        )
        sandbox.stop()
        line = json.dumps({"contact": template, "new_tags": []}) + "\n"
        with (data_dir / "contacts.jsonl").open("a") as journal:
            for number in range(50_000):
                contact_id = str(uuid.UUID(int=number))
                journal.write(line.replace(template["id"], contact_id).replace("Martin", f"Martin {number}"))

        began = datetime.now(UTC)
        sandbox.start()
        reply = get(sandbox, "/contacts?search=martin%2049999")
        seconds = (datetime.now(UTC) - began).total_seconds()

        assert reply.json["meta"]["total"] == 1
        assert get(sandbox, "/contacts").json["meta"]["total"] == 50_001
        assert seconds < 15


def test_eight_callers_at_once_lose_and_mix_nothing(sandbox):
    def enter(number):
        contact = create(sandbox, first_name=f"Number {number}", tags=["Shared", f"Tag {number % 10}"])
        return contact["id"], contact["first_name"]

    with ThreadPoolExecutor(8) as pool:
        answered = list(pool.map(enter, range(400)))

    held = [(contact["id"], contact["first_name"]) for contact in sandbox.contacts()]
    assert sorted(held) == sorted(answered)
    assert len(set(answered)) == 400
    assert sorted(line["created_id"] for line in sandbox.ledger()) == sorted(each for each, _ in answered)
    tags = [tag["name"] for tag in get(sandbox, "/tags").json["data"]]
    assert len(tags) == len(set(tags))


def test_the_limit_is_exact_under_eight_callers(sandbox):
    sandbox.limit_rate(limit=50)

    with ThreadPoolExecutor(8) as pool:
        statuses = list(pool.map(lambda _: post(sandbox, "/contacts", {"first_name": "Ana"}).status, range(100)))

    assert sorted(statuses) == [201] * 50 + [429] * 50
    assert len(sandbox.contacts()) == 50
