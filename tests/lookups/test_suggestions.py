"""Words for what is being typed, from this workspace and from Leonar; quiet where Leonar says no."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contacts.lookups import leonar_lists
from contacts.lookups.suggestions import KNOWN_MOST, beginning_with, known
from contacts.models import Gate, LeonarList, UsedValue, Workspace, current_workspace

pytestmark = pytest.mark.django_db


def use(field: str, *values: str, workspace: str = "sandbox") -> None:
    """Submissions were entered with these values, one each."""
    Workspace.objects.get_or_create(name=workspace)
    UsedValue.objects.count_in(workspace, [{field: value} for value in values])


def words(found) -> list[str]:
    return [each.value for each in found.words]


def later(seconds: float) -> None:
    """So long has passed since Leonar was last asked."""
    asked = LeonarList.objects.get(kind="tags").asked_at
    LeonarList.objects.update(asked_at=asked - timedelta(seconds=seconds))


class TestWhatPeopleUsed:
    def test_most_used_comes_first(self):
        use("skills", "Go", "Rust", "Rust", "SQL", "SQL", "SQL")

        assert words(known("skills")) == ["SQL", "Rust", "Go"]

    def test_of_several_spellings_the_commonest_is_suggested(self):
        use("skills", "rust", "Rust", "Rust", "RÙST")

        assert words(known("skills")) == ["Rust"]

    def test_another_workspaces_words_are_never_suggested(self):
        use("skills", "Rust", workspace="elsewhere")

        assert words(known("skills")) == words(beginning_with("skills", "ru")) == []

    def test_a_beginning_is_found_without_regard_to_case_and_accents(self):
        use("location", "Évry", "Lyon")

        assert words(beginning_with("location", "EVR")) == ["Évry"]
        assert words(beginning_with("location", "%")) == []

    def test_there_is_a_most_and_it_is_said(self):
        use("title", *[f"Engineer {number}" for number in range(KNOWN_MOST + 5)])

        found = known("title")

        assert len(found.words) == KNOWN_MOST
        assert found.has_more

    def test_it_costs_as_many_queries_however_many_there_are(self, django_assert_num_queries):
        use("title", *[f"Engineer {number}" for number in range(300)])

        with django_assert_num_queries(1):
            known("title")


class TestTags:
    def test_leonars_tags_for_contacts_follow_those_that_are_used(self, sandbox):
        use("tags", "relocates", "Lyon", "Lyon")

        # As Leonar spells it, where Leonar has it.
        assert words(known("tags")) == ["Lyon", "Relocates", "Open to offers", "Rust", "VIP"]

    def test_tags_of_other_things_and_other_shapes_are_passed_over(self):
        items = [{"name": "Deal", "scope": "deal"}, {"name": 3}, {}, {"name": "New"}, {"name": "x" * 200}]
        LeonarList.objects.create(workspace=current_workspace(), kind="tags", items=items, asked_at=timezone.now())

        assert words(known("tags")) == ["New"]


class TestAsking:
    def test_leonar_is_asked_once_a_period(self, sandbox):
        known("tags")
        sandbox.misbehave(mode="status", status=500, only="GET /tags")
        known("tags")

        assert sandbox.state()["rules"] != []

    @pytest.mark.parametrize(
        "rule",
        [
            {"mode": "status", "status": 403, "code": "insufficient_scope"},
            {"mode": "status", "status": 500, "body": "html"},
            {"mode": "hang", "seconds": 3},
            {"mode": "malformed"},
            {"mode": "drop_after_reading"},
        ],
        ids=lambda rule: f"{rule['mode']} {rule.get('status', '')}",
    )
    def test_what_was_known_stays_when_leonar_refuses_or_fails(self, sandbox, rule):
        before = words(known("tags"))
        later(3600)
        sandbox.misbehave(**rule, only="GET /tags")

        assert words(known("tags")) == before
        # And the way of delivery is as open as it was.
        gate = Gate.objects.get()
        assert (gate.reason, gate.reading_failures) == ("", 0)

    def test_after_a_failure_it_is_asked_again_a_little_later(self, sandbox):
        sandbox.misbehave(mode="status", status=500, only="GET /tags")
        assert words(known("tags")) == []
        assert words(known("tags")) == []
        later(61)

        assert "Rust" in words(known("tags"))

    def test_it_waits_about_a_second_at_most(self, sandbox):
        began = timezone.now()
        sandbox.misbehave(mode="hang", seconds=10, only="GET /tags")

        known("tags")

        assert timezone.now() - began < timedelta(seconds=5)

    def test_the_last_calls_of_the_hour_are_left_to_delivery(self, sandbox):
        known("tags")
        Gate.objects.update(rate_limit=2000, rate_remaining=399, rate_reset_at=timezone.now() + timedelta(minutes=9))
        later(3600)
        asked = LeonarList.objects.get(kind="tags").answered_at

        known("tags")

        assert LeonarList.objects.get(kind="tags").answered_at == asked
        assert Gate.objects.get().rate_remaining == 399

    def test_the_deliverer_asks_before_a_page_has_to(self, sandbox):
        leonar_lists._refresh()

        assert {row.kind for row in LeonarList.objects.exclude(answered_at=None)} == {"tags", "custom_fields"}


class TestCompanies:
    def test_leonars_companies_come_with_their_ids(self, sandbox):
        use("current_company", "Nordlicht Energie", "Nordsee Fisch", "Nordsee Fisch")

        found = beginning_with("current_company", "nord").words

        assert [each.value for each in found] == ["Nordsee Fisch", "Nordlicht Energie"]
        assert [bool(each.company_id) for each in found] == [False, True]

    def test_an_answer_is_remembered(self, sandbox):
        beginning_with("current_company", "nord")
        remaining = Gate.objects.get().rate_remaining

        beginning_with("current_company", "NORD")

        assert Gate.objects.get().rate_remaining == remaining

    def test_refused_it_is_quiet_and_asks_no_more_for_a_while(self, sandbox):
        sandbox.misbehave(mode="status", status=403, code="insufficient_scope", only="GET /companies", calls=2)
        use("current_company", "Nordsee Fisch")

        assert words(beginning_with("current_company", "nor")) == ["Nordsee Fisch"]
        assert words(beginning_with("current_company", "nord")) == ["Nordsee Fisch"]
        [rule] = sandbox.state()["rules"]
        assert rule["calls"] == 1

    def test_one_letter_asks_nobody(self, sandbox):
        assert words(beginning_with("current_company", "n")) == []
        assert not Gate.objects.exists()
