"""A web worker, as gunicorn makes one of the file beside manage.py."""

import gc
import runpy
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def test_what_a_worker_has_loaded_is_not_looked_through_for_garbage_again():
    conf = runpy.run_path(str(ROOT / "gunicorn.conf.py"))
    made_since = [[] for _ in range(1000)]
    before = gc.get_freeze_count()

    conf["post_worker_init"](None)

    assert gc.get_freeze_count() >= before + len(made_since)
