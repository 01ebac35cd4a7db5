"""Runs every measurement and prints it."""

import os
import tempfile
from pathlib import Path


def main() -> None:
    """Measures on a database of its own, which is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["DATABASE_URL"] = f"sqlite:///{Path(folder) / 'bench.sqlite3'}"
        os.environ["PLAIN_HTTP"] = "true"
        os.environ["DJANGO_SETTINGS_MODULE"] = "leonar_portal.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        from bench import form, outage, outcomes, submit

        form.run()
        submit.run()
        outage.run()
        outcomes.run()


if __name__ == "__main__":
    main()
