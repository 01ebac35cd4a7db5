"""Settings: defaults, the answer to each wrong value, and what is never shown. Read in processes of their own."""

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECRET = "a long secret for tests alone, 0123456789 ABCDEF abcdef"
KEY = "leo_0123456789abcdef"
SHOW = """
import json, sys
from leonar_portal import settings
print(json.dumps({name: getattr(settings, name) for name in sys.argv[1:]}, default=str))
"""


def python(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs Python in the checkout with these settings and no others; a `.env` of the checkout is overruled."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    own = {"VAR_DIR": str(folder), "LEONAR_API_KEY": "", "LEONAR_API_URL": ""}
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=kept | own | environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def values(folder: Path, *names: str, **environment: str) -> dict:
    done = python(folder, "-c", SHOW, *names, **environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


class TestDefaults:
    def test_without_a_key_it_is_the_sandbox(self, tmp_path):
        found = values(tmp_path, "SANDBOX", "LEONAR_API_URL", "DEBUG", "SESSION_COOKIE_SECURE", SANDBOX_PORT="8123")

        assert found == {
            "SANDBOX": True,
            "LEONAR_API_URL": "http://127.0.0.1:8123/api/v1",
            "DEBUG": False,
            "SESSION_COOKIE_SECURE": True,
        }

    def test_with_a_key_it_is_leonar(self, tmp_path):
        found = values(tmp_path, "SANDBOX", "LEONAR_API_URL", LEONAR_API_KEY=KEY, SECRET_KEY=SECRET)

        assert found == {"SANDBOX": False, "LEONAR_API_URL": "https://app.leonar.app/api/v1"}

    def test_plain_http_alone_gives_up_secure_cookies(self, tmp_path):
        found = values(tmp_path, "SESSION_COOKIE_SECURE", "SECURE_HSTS_SECONDS", "DEBUG", PLAIN_HTTP="true")
        names = values(tmp_path, "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", PLAIN_HTTP="true")

        assert found == {"SESSION_COOKIE_SECURE": False, "SECURE_HSTS_SECONDS": 0, "DEBUG": False}
        assert names == {"SESSION_COOKIE_NAME": "sessionid", "CSRF_COOKIE_NAME": "csrftoken"}

    def test_a_secret_is_made_once_and_kept_for_its_owner_alone(self, tmp_path):
        first = values(tmp_path, "SECRET_KEY")
        second = values(tmp_path, "SECRET_KEY")

        assert first == second
        assert len(first["SECRET_KEY"]) > 50
        assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600


REAL = {"LEONAR_API_KEY": KEY, "SECRET_KEY": SECRET}


@pytest.mark.parametrize("address", ["http://127.0.0.1:8001/api/v1", "http://localhost/api", "http://[::1]:80/api"])
def test_plain_http_with_a_key_stays_on_this_machine(tmp_path, address):
    found = values(tmp_path, "LEONAR_API_URL", **REAL, LEONAR_API_URL=address)

    assert found == {"LEONAR_API_URL": address}


@pytest.mark.slow
def test_what_the_portal_keeps_is_for_its_owner_alone(tmp_path):
    folder = tmp_path / "var"
    own = {"VAR_DIR": str(folder), "PORTAL_DEMO_PASSWORD": "correct horse battery"}

    done = python(tmp_path, "scripts/prepare.py", **own)

    assert done.returncode == 0, done.stderr
    modes = {file.name: file.stat().st_mode & 0o777 for file in (folder, *folder.iterdir())}
    assert modes.pop("var") == 0o700
    assert "sandbox.sqlite3" in modes
    assert set(modes.values()) == {0o600}
    with closing(sqlite3.connect(folder / "sandbox.sqlite3")) as database:
        made = database.execute("SELECT details FROM contacts_event WHERE kind = 'role_changed'").fetchall()
    assert {json.loads(details)["command"] for (details,) in made} == {"make run"}


def test_a_database_that_others_could_read_is_closed_to_them(tmp_path):
    file = tmp_path / "portal.sqlite3"
    file.touch(mode=0o644)

    values(tmp_path, "DEBUG", DATABASE_URL=f"sqlite:///{file}")

    assert file.stat().st_mode & 0o777 == 0o600


WRONG = [
    ({"LEONAR_API_KEY": "sk_live_1234567"}, "LEONAR_API_KEY does not look like a Leonar key"),
    ({"LEONAR_API_KEY": "leo_with space"}, "LEONAR_API_KEY does not look like a Leonar key"),
    ({"LEONAR_API_KEY": '"leo_12345678"'}, "LEONAR_API_KEY does not look like a Leonar key"),
    ({"LEONAR_API_KEY": KEY}, "SECRET_KEY is not set"),
    ({"LEONAR_API_KEY": KEY, "SECRET_KEY": "x"}, "SECRET_KEY can be guessed"),
    ({"LEONAR_API_KEY": KEY, "SECRET_KEY": SECRET[:49]}, "SECRET_KEY can be guessed"),
    ({"LEONAR_API_KEY": KEY, "SECRET_KEY": "abcd" * 20}, "SECRET_KEY can be guessed"),
    ({"LEONAR_API_KEY": KEY, "SECRET_KEY": f"django-insecure-{SECRET}"}, "SECRET_KEY can be guessed"),
    (REAL | {"DEBUG": "true"}, "DEBUG must be off"),
    (REAL | {"LEONAR_API_URL": "http://leonar.example/api/v1"}, "LEONAR_API_URL must begin with https://"),
    (REAL | {"LEONAR_API_URL": "http://127.0.0.1.example/api"}, "LEONAR_API_URL must begin with https://"),
    (REAL | {"LEONAR_API_URL": "http://10.0.0.1/api"}, "LEONAR_API_URL must begin with https://"),
    (REAL | {"LEONAR_WORKSPACE": "sandbox"}, "LEONAR_WORKSPACE must be a short name"),
    (REAL | {"LEONAR_WORKSPACE": "two words"}, "LEONAR_WORKSPACE must be a short name"),
    ({"TRUSTED_PROXIES": "all"}, "TRUSTED_PROXIES must be a whole number"),
    ({"LEONAR_API_URL": "app.leonar.app"}, "LEONAR_API_URL must be a plain http or https address"),
    ({"LEONAR_API_URL": "https://name:word@leonar.example"}, "LEONAR_API_URL must be a plain http or https address"),
    ({"LEONAR_CONNECT_TIMEOUT": "soon"}, "LEONAR_CONNECT_TIMEOUT must be a number of seconds"),
    ({"LEONAR_READ_TIMEOUT": "0"}, "LEONAR_READ_TIMEOUT must be more than 0"),
    ({"LEONAR_DEADLINE": "3601"}, "LEONAR_DEADLINE must be more than 0 and less than 3600"),
    ({"DEBUG": "ture"}, "DEBUG must be true or false"),
    ({"PLAIN_HTTP": "http"}, "PLAIN_HTTP must be true or false"),
    ({"TIME_ZONE": "Paris"}, "TIME_ZONE must be the name of a time zone"),
    ({"DATABASE_URL": "portal.sqlite3"}, "DATABASE_URL must start with sqlite: or postgres:"),
    ({"RETENTION_DAYS": "-1"}, "RETENTION_DAYS must be 0 or more"),
    ({"RETENTION_DAYS": "a year"}, "RETENTION_DAYS must be a whole number"),
    ({"SESSION_IDLE_HOURS": "0"}, "SESSION_IDLE_HOURS must be 1 or more"),
    ({"OIDC_ISSUER": "login.example.com"}, "OIDC_ISSUER must be an https address"),
    ({"OIDC_ISSUER": "http://login.example.com"}, "OIDC_ISSUER must begin with https://"),
    ({"OIDC_ISSUER": "https://login.example.com"}, "OIDC_CLIENT_ID and OIDC_CLIENT_SECRET are needed too"),
    ({"OIDC_ROLES": "sales=manager"}, "OIDC_ROLES must be pairs such as sales=recruiter"),
    ({"LOCAL_PASSWORDS": "false"}, "LOCAL_PASSWORDS can be off only with an OIDC_ISSUER"),
    ({"SANDBOX_PORT": "x"}, "SANDBOX_PORT must be a number from 1 to 65535"),
    ({"SANDBOX_PORT": "65536"}, "SANDBOX_PORT must be a number from 1 to 65535"),
    (REAL | {"SECRET_KEY_FALLBACKS": f"{SECRET}x,short"}, "SECRET_KEY_FALLBACKS can be guessed"),
    ({"SECRET_KEY_FILE": "/nowhere/secret"}, "SECRET_KEY_FILE names a file that can't be read"),
    (REAL | {"DATABASE_URL": "postgres://p:w@db.internal/portal"}, "DATABASE_URL must end with ?sslmode=verify-full"),
    (REAL | {"DATABASE_URL": "postgres://p:w@10.0.0.7/p?sslmode=prefer"}, "DATABASE_URL must end with"),
    (REAL | {"DATABASE_URL": "postgres://p:w@db.internal/p?sslmode=require"}, "DATABASE_URL must end with"),
    (REAL | {"DATABASE_URL": "postgres:///p?host=db.internal"}, "on the way to db.internal"),
    (REAL | {"DATABASE_URL": "postgres://p:w@db.internal/p", "WITHOUT_TLS": "db"}, "name that host in WITHOUT_TLS"),
    (REAL | {"EMAIL_URL": "smtp://u:w@mail.example.com:587"}, "EMAIL_URL must begin with smtp+tls://"),
    (REAL | {"EMAIL_URL": "smtp://u:w@mail.example.com:587/?tls=True"}, "EMAIL_URL must begin with smtp+tls://"),
    ({"DATABASE_URL": "mysql://localhost/portal"}, "DATABASE_URL must start with sqlite: or postgres:"),
]

RIGHT = [
    REAL | {"DATABASE_URL": "postgres://p:w@db.internal/portal?sslmode=verify-full"},
    REAL | {"DATABASE_URL": "postgres://p:w@127.0.0.1:5433/portal"},
    REAL | {"DATABASE_URL": "postgres:////var/run/postgresql/portal"},
    REAL | {"DATABASE_URL": "postgres://p:w@db.internal/portal", "WITHOUT_TLS": "mail.internal,db.internal"},
    {"DATABASE_URL": "postgres://p:w@db.internal/portal", "EMAIL_URL": "smtp://mail.internal"},
    REAL | {"EMAIL_URL": "smtp+tls://u:w@mail.example.com:587"},
    REAL | {"EMAIL_URL": "smtp+ssl://u:w@mail.example.com:465"},
    REAL | {"EMAIL_URL": "smtp://localhost:25"},
    REAL | {"EMAIL_URL": "smtp://mail.internal:25", "WITHOUT_TLS": "mail.internal"},
    REAL | {"SECRET_KEY_FALLBACKS": f"{SECRET}x".replace(",", "")},
]


# Reads the settings once for each environment, in one process, and shows why each was refused.
REFUSALS = """
import importlib, json, os, sys
from django.core.exceptions import ImproperlyConfigured
from leonar_portal import settings
start, said = dict(os.environ), []
for given in json.loads(sys.argv[1]):
    os.environ.clear()
    os.environ.update(start, **given)
    try:
        importlib.reload(settings)
    except ImproperlyConfigured as refusal:
        said.append(str(refusal))
    else:
        said.append("taken")
print(json.dumps(said))
"""


def sentences(folder: Path, environments: list[dict[str, str]]) -> list[str]:
    done = python(folder, "-c", REFUSALS, json.dumps(environments))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_each_wrong_value_is_refused_with_a_sentence(tmp_path):
    said = sentences(tmp_path, [environment for environment, _ in WRONG])

    assert len(said) == len(WRONG)
    for (environment, sentence), refusal in zip(WRONG, said, strict=True):
        assert sentence in refusal, environment


def test_what_leaves_the_machine_encrypted_or_as_somebody_has_said_is_taken(tmp_path):
    assert sentences(tmp_path, RIGHT) == ["taken"] * len(RIGHT)


def test_a_secret_may_be_in_a_file_that_a_vault_has_filled(tmp_path):
    files = {"SECRET_KEY": SECRET, "LEONAR_API_KEY": KEY, "DATABASE_URL": f"sqlite:///{tmp_path / 'vault.sqlite3'}"}
    for name, value in files.items():
        (tmp_path / name).write_text(f"{value}\n")
    named = {f"{name}_FILE": str(tmp_path / name) for name in files}

    found = values(tmp_path, "SECRET_KEY", "LEONAR_API_KEY", "SANDBOX", **named, LEONAR_API_KEY="")

    assert found == {"SECRET_KEY": SECRET, "LEONAR_API_KEY": KEY, "SANDBOX": False}
    assert (tmp_path / "vault.sqlite3").exists()


def test_right_values_after_a_wrong_one_are_taken(tmp_path):
    assert sentences(tmp_path, [{"DEBUG": "ture"}, {}, REAL])[1:] == ["taken", "taken"]


@pytest.mark.parametrize(("environment", "sentence"), WRONG[:1] + WRONG[-1:])
def test_a_command_says_the_sentence_without_a_traceback(tmp_path, environment, sentence):
    done = python(tmp_path, "manage.py", "migrate", **environment)

    assert done.returncode == 1
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("key", ["sk_live_verysecret", "leo_very secret", "verysecret"])
def test_a_refused_key_is_never_shown(tmp_path, key):
    done = python(tmp_path, "-c", "import leonar_portal.settings", LEONAR_API_KEY=key)

    assert done.returncode != 0
    assert "secret" not in done.stdout + done.stderr


def test_settings_that_cannot_work_together_are_refused_with_all_their_sentences(tmp_path):
    done = python(tmp_path, "scripts/prepare.py", DEFAULT_PHONE_REGION="UK", LEONAR_DEADLINE="2")

    assert done.returncode == 1
    assert "contacts.E001" in done.stderr
    assert "contacts.E002" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_deployment_check_is_clean_on_a_fresh_checkout(tmp_path):
    settings = {"SECRET_KEY": SECRET, "ALLOWED_HOSTS": "portal.example.com", "LEONAR_API_KEY": KEY}

    done = python(tmp_path, "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "INFO", **settings)

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_no_migration_is_missing(tmp_path):
    done = python(tmp_path, "manage.py", "makemigrations", "--check", "--dry-run")

    assert done.returncode == 0, done.stdout


def variables() -> set[str]:
    """Every environment variable that the portal reads, from the source."""
    read = re.compile(r"(?:env(?:\.\w+)?\(|read_\w+\(env, |os\.environ(?:\.get\(|\[)|_port\()\s*\"([A-Z_]+)\"")
    files = [*(ROOT / "leonar_portal").rglob("*.py"), ROOT / "scripts" / "run.py", ROOT / "gunicorn.conf.py"]
    return {name for file in files for name in read.findall(file.read_text(encoding="utf-8"))}


@pytest.mark.parametrize("document", ["README.md", ".env.example"])
def test_every_setting_is_documented(document):
    text = (ROOT / document).read_text(encoding="utf-8")

    missing = [name for name in variables() if not re.search(rf"\b{name}\b", text)]

    assert len(variables()) > 15
    assert missing == []


def test_the_example_names_no_setting_that_does_not_exist():
    text = (ROOT / ".env.example").read_text(encoding="utf-8")

    named = set(re.findall(r"^#?([A-Z_]+)=", text, flags=re.MULTILINE))

    assert {name.removesuffix("_FILE") for name in named} - variables() == set()
