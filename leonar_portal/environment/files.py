"""Files and folders that are closed to everybody but their owner."""

import os
from pathlib import Path


def own_folder(folder: Path) -> Path:
    """Makes `folder` where it is missing, for its owner alone."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def own_file(file: Path) -> Path:
    """Makes `file` where it is missing, and closes it to everybody but its owner.

    SQLite gives its journal the same permissions. A folder that is not there is told of when the file is opened.
    """
    if file.parent.is_dir():
        file.touch(mode=0o600)
        if file.stat().st_uid == os.getuid():
            file.chmod(0o600)
    return file
