"""Runs every measurement and prints it."""

import gc
import os
import sys
import tempfile
from pathlib import Path


def main() -> None:
    """Measures on a database of its own, which is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        # Another database, for PostgreSQL or for one that is filled already: python -m bench history.
        os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE", f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
        os.environ["PLAIN_HTTP"] = "true"
        os.environ["DJANGO_SETTINGS_MODULE"] = "leonar_portal.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        from bench import dearest, export, form, history, outage, outcomes, submit, typing

        measurements = {
            each.__name__.removeprefix("bench."): each
            for each in (form, history, export, submit, outage, outcomes, dearest, typing)
        }
        wanted = sys.argv[1:] or list(measurements)
        if unknown := set(wanted) - set(measurements):
            sys.exit(f"There is no measurement {', '.join(sorted(unknown))}, but {', '.join(measurements)}.")
        # As in a web worker, see gunicorn.conf.py.
        gc.collect()
        gc.freeze()
        for name in wanted:
            measurements[name].run()


if __name__ == "__main__":
    main()
