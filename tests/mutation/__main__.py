"""`make mutate`: plants faults at random, one at a time, and says which the quick tests do not notice.

All of it happens in a copy of the tree, so that nobody need keep still meanwhile, and nothing here is touched.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.mutation.packages import PROJECT_ROOT


def main() -> int:
    """The exit status of the run in the copy."""
    with tempfile.TemporaryDirectory(prefix="mutation-") as folder:
        _copy_to(Path(folder))
        environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1"}
        command = [sys.executable, "-m", "tests.mutation.run", *sys.argv[1:]]
        return subprocess.run(command, cwd=folder, env=environment, check=False).returncode


def _copy_to(folder: Path) -> None:
    """The tree as it stands, committed or not."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (source := PROJECT_ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(source, folder / name)


if __name__ == "__main__":
    sys.exit(main())
