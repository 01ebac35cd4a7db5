"""System checks: which settings are refused together, and in which words."""

from pathlib import Path

import pytest

from contacts import checks


def ids(found) -> list[str]:
    return [message.id for message in found]


class TestPhoneRegion:
    def test_a_country_passes(self, settings):
        settings.DEFAULT_PHONE_REGION = "GB"

        assert checks.phone_region() == []

    def test_what_is_no_country_is_refused_by_name(self, settings):
        settings.DEFAULT_PHONE_REGION = "UK"

        (message,) = checks.phone_region()

        assert message.id == "contacts.E001"
        assert "UK" in message.msg
        assert "GB" in message.hint


class TestTimeouts:
    def test_waits_within_the_deadline_pass(self, settings):
        settings.LEONAR_CONNECT_TIMEOUT, settings.LEONAR_READ_TIMEOUT, settings.LEONAR_DEADLINE = 3, 15, 15

        assert checks.timeouts() == []

    def test_a_wait_longer_than_the_deadline_is_refused_by_name(self, settings):
        settings.LEONAR_CONNECT_TIMEOUT, settings.LEONAR_READ_TIMEOUT, settings.LEONAR_DEADLINE = 3, 16, 15

        (message,) = checks.timeouts()

        assert message.id == "contacts.E002"
        assert message.msg.startswith("LEONAR_READ_TIMEOUT")

    def test_each_wait_is_held_against_it(self, settings):
        settings.LEONAR_CONNECT_TIMEOUT, settings.LEONAR_READ_TIMEOUT, settings.LEONAR_DEADLINE = 3, 2, 1

        assert ids(checks.timeouts()) == ["contacts.E002", "contacts.E002"]


class TestCertificates:
    def test_none_named_passes(self, settings):
        settings.LEONAR_CA_BUNDLE = ""

        assert checks.ca_bundle() == []

    def test_a_file_that_is_there_passes(self, settings):
        settings.LEONAR_CA_BUNDLE = str(Path(__file__))

        assert checks.ca_bundle() == []

    def test_a_file_that_is_not_there_is_refused(self, settings, tmp_path):
        settings.LEONAR_CA_BUNDLE = str(tmp_path / "nothing.pem")

        assert ids(checks.ca_bundle()) == ["contacts.E003"]


class TestHostNames:
    def test_names_of_one_s_own_pass(self, settings):
        settings.ALLOWED_HOSTS = ["portal.example.com", "127.0.0.1", "[::1]"]

        assert checks.host_names() == []

    @pytest.mark.parametrize("host", ["*", ".example.com"])
    def test_names_that_others_choose_are_warned_of(self, settings, host):
        settings.ALLOWED_HOSTS = ["portal.example.com", host]

        (message,) = checks.host_names()

        assert message.id == "contacts.W001"
