import ast
import os
import re
import signal
import socket
import subprocess
import sys

import pytest

from leonar_sandbox import misbehaviour
from tests.sandbox.calls import create, get, post
from tests.sandbox_process import PROJECT_ROOT, SandboxProcess

COMMAND = [sys.executable, "-m", "leonar_sandbox"]


def run(*options, env=None):
    return subprocess.run(
        [*COMMAND, *options], cwd=PROJECT_ROOT, env=os.environ | (env or {}), capture_output=True, text=True, timeout=30
    )


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_prints_one_line_and_stops_quietly(tmp_path, stop):
    command = [*COMMAND, "--port", "0", "--data-dir", str(tmp_path)]
    process = subprocess.Popen(command, cwd=PROJECT_ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    line = process.stdout.readline()

    process.send_signal(stop)
    rest, errors = process.communicate(timeout=30)

    assert re.fullmatch(r"Leonar sandbox on (http://127\.0\.0\.1:\d+/)  \(API: \1api/v1\)\n", line)
    assert (rest, errors, process.returncode) == ("", "", 0)


def test_it_stops_at_once_though_a_call_hangs(tmp_path):
    with SandboxProcess(tmp_path) as sandbox:
        sandbox.misbehave(mode="hang", seconds=3600)
        with pytest.raises(TimeoutError):
            post(sandbox, "/contacts", {"first_name": "Ana"}, timeout=0.2)

        sandbox.stop()


def test_a_taken_port_gets_one_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        result = run("--port", str(port), "--data-dir", str(tmp_path))

    assert result.returncode == 1
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert f"port {port}" in result.stderr
    assert "--port" in result.stderr


def test_a_data_directory_that_cannot_be_one_gets_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")

    result = run("--port", "0", "--data-dir", str(tmp_path / "file"))

    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert str(tmp_path / "file") in result.stderr


@pytest.mark.parametrize("options", [["--port", "x"], ["--port", "70000"], ["--rate-limit", "-1"], ["--nonsense"]])
def test_an_option_that_makes_no_sense_is_refused(options):
    result = run(*options)

    assert result.returncode == 2
    assert "Traceback" not in result.stderr


def test_the_environment_moves_the_port(tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [*COMMAND, "--data-dir", str(tmp_path)]
    environment = os.environ | {"SANDBOX_PORT": str(port)}

    process = subprocess.Popen(command, cwd=PROJECT_ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    line = process.stdout.readline()
    process.terminate()
    process.communicate(timeout=30)

    assert f"http://127.0.0.1:{port}/ " in line


def test_the_rate_limit_can_be_set_at_the_start(tmp_path):
    with SandboxProcess(tmp_path, rate_limit=1) as sandbox:
        statuses = [get(sandbox, "/tags").status, get(sandbox, "/tags").status]
        sandbox.reset()

        assert statuses == [200, 429]
        assert sandbox.state()["rate"]["limit"] == 1


def test_the_help_tells_every_way_to_misbehave():
    result = run("--help")

    assert result.returncode == 0
    assert [mode for mode in misbehaviour.MODES if f"\n  {mode} " not in result.stdout] == []


def test_nothing_personal_and_no_key_is_written_to_the_log(tmp_path):
    command = [*COMMAND, "--port", "0", "--data-dir", str(tmp_path)]
    process = subprocess.Popen(command, cwd=PROJECT_ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    sandbox = SandboxProcess(tmp_path, port=int(process.stdout.readline().split()[3].rstrip("/").rpartition(":")[2]))
    create(sandbox, email="sophie@example.com")
    get(sandbox, "/contacts?search=sophie")
    post(sandbox, "/contacts", b"\xff" * 10)

    process.terminate()
    output, errors = process.communicate(timeout=30)

    assert (output, errors) == ("", "")


def test_it_needs_nothing_but_the_standard_library():
    imported = set()
    for path in (PROJECT_ROOT / "leonar_sandbox").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                imported |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                assert node.level == 0
                imported.add(node.module.partition(".")[0])

    assert imported - sys.stdlib_module_names == {"leonar_sandbox"}
