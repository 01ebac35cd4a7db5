"""Submitting through the portal against a bare POST of the same body, and the memory of each process."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import psutil
import requests

from bench.report import interleaved, median, tell
from tests.portal import PortalProcess
from tests.sandbox_process import SandboxProcess

PAYLOAD = {"first_name": "Sophie", "last_name": "Martin", "email": "sophie@acme.example", "tags": ["bench"]}
MEGABYTE = 1024 * 1024
REQUESTS = 5000


def run() -> None:
    """Measures real processes over real HTTP."""
    with (
        tempfile.TemporaryDirectory() as folder,
        SandboxProcess(Path(folder) / "sandbox", rate_limit=1_000_000) as sandbox,
        PortalProcess(Path(folder) / "portal", sandbox_url=sandbox.api_url, deliverers=1) as portal,
    ):
        _measure_submitting(portal, sandbox)
        _measure_memory(portal, sandbox)


def _measure_submitting(portal: PortalProcess, sandbox: SandboxProcess) -> None:
    recruiter = portal.sign_in()
    bare = _bare_post(sandbox)
    for service_time, aim in ((0, 6), (0.1, 1.1)):
        rounds = 60 if service_time else 200
        if service_time:
            sandbox.misbehave(mode="delay", seconds=service_time, calls=1_000_000, only="POST /contacts")
        through, direct = interleaved([lambda: recruiter.submit(first_name="Sophie"), bare], rounds=rounds)
        tell(
            f"submitting / a bare requests.post, {service_time * 1000:.0f} ms of service time",
            median(through) / median(direct),
            aim=aim,
            detail=f"{median(through) * 1000:.1f} ms / {median(direct) * 1000:.1f} ms",
        )
    sandbox.misbehave(mode="normal")


def _bare_post(sandbox: SandboxProcess) -> Callable[[], object]:
    headers = {"Authorization": "Bearer leo_bench_key"}

    def post() -> None:
        requests.post(f"{sandbox.api_url}/contacts", json=PAYLOAD, headers=headers, timeout=10).raise_for_status()

    return post


def _measure_memory(portal: PortalProcess, sandbox: SandboxProcess) -> None:
    processes = portal.processes() | {"sandbox": [psutil.Process(sandbox.pid)]}
    at_rest = {name: max(map(_resident, group)) for name, group in processes.items()}
    recruiter = portal.sign_in()
    for number in range(REQUESTS):
        if number % 50:
            recruiter.get("/contacts/new/")
        else:
            recruiter.submit(first_name="Sophie")
    for name, group in processes.items():
        after = max(map(_resident, group))
        tell(f"{name}: resident memory at rest", at_rest[name], unit=" MB", aim=90 if name == "web" else None)
        growth = (after / at_rest[name] - 1) * 100
        tell(f"{name}: growth after {REQUESTS} requests", growth, unit=" %", aim=5 if name == "web" else None)


def _resident(process: psutil.Process) -> float:
    return process.memory_info().rss / MEGABYTE
