"""What every test starts from: no network, no key, plain static files. And the accounts, the sandbox, the databases."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.management import create_contenttypes
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connections
from django.db.models.signals import post_migrate
from django.test import Client, override_settings
from django.utils import timezone
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from accounts import roles
from accounts.models import User
from contacts.models.asked import put, rows_where
from contacts.models.event import Event
from tests import empty_database
from tests.databases import PostgresServer
from tests.order import in_order
from tests.sandbox_process import SandboxProcess
from tests.sign_in import sign_in

# Nothing listens there, so a test that did not ask for a server reaches none.
NOWHERE = "http://127.0.0.1:9/api/v1"

# What is imported and collected stays: looking through it for garbage takes a seventh of the time to collect.
gc.set_threshold(100_000, 20, 50)

# How long an example takes is no verdict on a machine that does other work as well.
hypothesis_settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis_settings.load_profile("untimed")
# For `make quick`, where no test asks for more by itself.
hypothesis_settings.register_profile("brief", parent=hypothesis_settings.get_profile("untimed"), max_examples=15)


def pytest_configure(config: pytest.Config) -> None:
    """Registers the marker that `make test` selects by when it runs the database parts again on PostgreSQL."""
    config.addinivalue_line("markers", "database: uses Django's test database; set by itself")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks what uses the test database; what takes longest begins first."""
    for item in items:
        names = getattr(item, "fixturenames", ())
        uses_database = item.get_closest_marker("django_db") or {"db", "transactional_db"} & set(names)
        is_of_any = item.get_closest_marker("browser") or item.get_closest_marker("any_database")
        if uses_database and not is_of_any:
            item.add_marker(pytest.mark.database)
    places = {file: place for place, file in enumerate(in_order(dict.fromkeys(item.path for item in items)))}
    items.sort(key=lambda item: places[item.path])


def pytest_collection_finish() -> None:
    """What was imported and collected stays to the end, so that looking through it for garbage finds none."""
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """Whether the test database is there before Django would make it."""
    return connections["default"].vendor == "sqlite" and empty_database.is_kept()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    django_db_keepdb: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """SQLite's test database lies in a folder of this run, so that two runs at once do not meet.

    No power is lost under a test, so no commit waits for the disk.
    """
    own = connections["default"].settings_dict
    if connections["default"].vendor == "sqlite":
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        own["TEST"] |= {"NAME": str(file), "MIGRATE": not django_db_keepdb}
        if django_db_keepdb:
            empty_database.copy_to(file)
        hasty = own["OPTIONS"]["init_command"].replace("synchronous=FULL", "synchronous=OFF")
        own["OPTIONS"] = own["OPTIONS"] | {"init_command": hasty}
    else:
        # Most tests are one transaction, which may wait for anything but the database.
        own["OPTIONS"]["options"] += " -c idle_in_transaction_session_timeout=0"


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_keepdb: bool, django_db_blocker) -> None:
    """Lets a test with real transactions empty SQLite's event log, which Django does by DELETE.

    Such a test leaves all tables empty; groups, permissions and what these are about are put there again then, as they
    were: Django, which finds out anew which there are, takes ten times as long.
    """
    with django_db_blocker.unblock():
        if connections["default"].vendor == "sqlite":
            cursor = connections["default"].cursor()
            if not django_db_keepdb:
                empty_database.keep(cursor.connection)
            cursor.execute("DROP TRIGGER event_no_delete")
        kept = [list(model.objects.all()) for model in (ContentType, Permission, Group, Group.permissions.through)]

    def put_again(**_: object) -> None:
        for rows in kept:
            type(rows[0]).objects.bulk_create(rows)

    post_migrate.disconnect(create_contenttypes)
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")
    [*_others, last] = apps.get_app_configs()
    post_migrate.connect(put_again, sender=last, weak=False)


@pytest.fixture(scope="session", autouse=True)
def _plain_settings(django_test_environment: None) -> Iterator[None]:
    """The defaults, whatever the environment or a `.env` file says, and what makes tests fast.

    What a test sets by the fixture `settings` is undone after it, which is when these hold again.
    """
    with override_settings(
        LEONAR_API_KEY=None,
        SANDBOX=True,
        LEONAR_WORKSPACE="sandbox",
        LEONAR_API_URL=NOWHERE,
        LEONAR_CONNECT_TIMEOUT=2,
        LEONAR_READ_TIMEOUT=2,
        LEONAR_DEADLINE=3,
        DEFAULT_PHONE_REGION="FR",
        RETENTION_DAYS=0,
        DIGEST_RECIPIENTS=[],
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES=settings.STORAGES
        | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}},
        # Each test's client makes a WhiteNoise of its own, which looks for a file once it is asked for one.
        WHITENOISE_USE_FINDERS=True,
        WHITENOISE_AUTOREFRESH=True,
    ):
        yield


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Nothing is remembered of an earlier test."""
    cache.clear()


@pytest.fixture
def recruiter(db) -> User:
    """Sophie, who enters contacts."""
    return make_account("sophie", roles.RECRUITER)


@pytest.fixture
def other_recruiter(db) -> User:
    """Karim, who enters contacts of his own."""
    return make_account("karim", roles.RECRUITER)


@pytest.fixture
def admin(db) -> User:
    """Ana, who sees everybody's."""
    return make_account("ana", roles.ADMIN)


@pytest.fixture
def signed_in(recruiter: User) -> Client:
    """A browser in which Sophie is signed in."""
    return sign_in(Client(), recruiter)


@pytest.fixture
def admin_signed_in(admin: User) -> Client:
    """Another browser, in which Ana is signed in."""
    return sign_in(Client(), admin)


def make_account(name: str, role: str) -> User:
    """An account as Django and `give_role` make it, in a sixth of the time; tests/accounts/test_roles.py compares."""
    user = User(username=name, password=make_password(f"{name} of the portal"), is_staff=role == roles.ADMIN)
    put(user)
    put(User.groups.through(user=user, group=next(rows_where(Group, name=role))))
    given = {"from": None, "to": role}
    put(Event(at=timezone.now(), kind=Event.Kind.ROLE_CHANGED, account=user, details=given))
    return user


@pytest.fixture(scope="session")
def _one_sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxProcess]:
    with SandboxProcess(tmp_path_factory.mktemp("sandbox")) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(_one_sandbox: SandboxProcess, settings) -> SandboxProcess:
    """A sandbox that has seen nothing yet, and the portal's settings pointed at it.

    Shared by the tests of a run: one that stops it or moves its limits starts its own.
    """
    _one_sandbox.reset()
    settings.LEONAR_API_URL = _one_sandbox.api_url
    return _one_sandbox


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A real PostgreSQL server of this run's own."""
    with PostgresServer() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgres"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A new, empty database for processes that a test starts: once SQLite, once PostgreSQL."""
    if request.param == "postgres":
        return request.getfixturevalue("postgres").new_database()
    return f"sqlite:///{tmp_path / 'portal.sqlite3'}"


# A Chromium that has no sandbox of its own as root, and Django's guard against queries in an event loop, which
# Playwright's synchronous interface runs inside of.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
