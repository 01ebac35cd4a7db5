"""The long runs, which are no tests and read no settings, start portals too."""

import subprocess
import sys

from tests.empty_database import ROOT


def test_the_empty_database_is_found_where_no_settings_are_read():
    asked = [sys.executable, "-c", "from tests import empty_database; empty_database.is_kept()"]

    done = subprocess.run(asked, cwd=ROOT, env={}, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr) == (0, "")
