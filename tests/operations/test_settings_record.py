"""Changed settings are on record: which, and never what they hold."""

import logging

import pytest

from contacts.models import Event, SettingsSeen
from contacts.operations.settings_record import note_changes

pytestmark = pytest.mark.django_db

SECRET = "a secret of fifty characters and more, for this test alone"
ANOTHER = "another secret of fifty characters and more, for the test"


@pytest.fixture(autouse=True)
def _connection_stays(monkeypatch):
    """What a process does at its start closes its connection, and a test has to go on with its own."""
    monkeypatch.setattr("contacts.operations.settings_record.connection.close", lambda: None)


@pytest.fixture(autouse=True)
def _started(settings):
    settings.SECRET_KEY = SECRET
    note_changes()


def changed() -> list[list[str]]:
    return [event.details["names"] for event in Event.objects.filter(kind="settings_changed").order_by("pk")]


def test_a_first_start_and_one_like_it_say_nothing():
    note_changes()

    assert changed() == []


def test_a_start_with_others_names_them_once(settings, caplog):
    caplog.set_level(logging.INFO, logger="contacts")
    settings.RETENTION_DAYS, settings.SECOND_FACTOR_FOR_ADMINS = 90, True

    note_changes()
    note_changes()

    assert changed() == [["RETENTION_DAYS", "SECOND_FACTOR_FOR_ADMINS"]]
    assert "names=RETENTION_DAYS,SECOND_FACTOR_FOR_ADMINS" in caplog.text


def test_a_value_stands_nowhere(settings, caplog):
    caplog.set_level(logging.INFO)
    settings.LEONAR_API_KEY, settings.OIDC_ISSUER = "leo_canary_of_settings", "https://canary.example"

    note_changes()

    assert changed() == [["LEONAR_API_KEY", "OIDC_ISSUER"]]
    assert "canary" not in caplog.text + str(SettingsSeen.objects.get().digests)


def test_another_mail_server_is_named_though_its_password_is_the_same(settings):
    settings.EMAIL_HOST = "mail.example.com"

    note_changes()

    assert changed() == [["EMAIL_URL"]]


def test_with_another_secret_key_the_other_secrets_are_not_suspected(settings):
    settings.SECRET_KEY, settings.DEBUG = ANOTHER, True

    note_changes()

    assert changed() == [["SECRET_KEY", "DEBUG"]]


def test_a_setting_that_is_new_in_the_portal_was_not_changed():
    seen = SettingsSeen.objects.get()
    del seen.digests["TRUSTED_PROXIES"]
    seen.save()

    note_changes()

    assert changed() == []
    assert "TRUSTED_PROXIES" in SettingsSeen.objects.get().digests
