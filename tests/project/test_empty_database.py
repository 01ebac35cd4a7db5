"""The long runs, which are no tests and read no settings, start portals too."""

import subprocess
import sys

import django

from tests.empty_database import ROOT
from tests.portal import PortalProcess


def test_the_empty_database_is_found_where_no_settings_are_read():
    asked = [sys.executable, "-c", "from tests import empty_database; empty_database.is_kept()"]

    done = subprocess.run(asked, cwd=ROOT, env={}, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")


def test_a_portal_runs_commands_before_it_is_started(tmp_path):
    portal = PortalProcess(tmp_path / "new", sandbox_url="http://127.0.0.1:9/v1")

    assert portal.run("manage.py", "version").strip() == django.get_version()
