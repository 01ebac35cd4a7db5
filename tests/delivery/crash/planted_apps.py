"""The planted faults, each as an app that spoils one function when Django starts."""

from django.apps import AppConfig


class ExpiredLeasesAreQueued(AppConfig):
    """An attempt that was interrupted is sent again, as at-least-once queues do."""

    name = "tests.delivery.crash"
    label = "expired_leases_are_queued"

    def ready(self) -> None:
        """Spoils what becomes of an interrupted attempt."""
        from contacts.delivery import outcomes
        from contacts.models import Reason

        sound = outcomes.unconfirmed

        def spoilt(where, *, reason, due_at, now):
            if reason == Reason.INTERRUPTED:
                return outcomes.queued(where, reason=Reason.NONE, due_at=now, now=now)
            return sound(where, reason=reason, due_at=due_at, now=now)

        outcomes.unconfirmed = spoilt


class EverybodyMatches(AppConfig):
    """Whatever a check's search returns is taken for the contact that the attempt created."""

    name = "tests.delivery.crash"
    label = "everybody_matches"

    def ready(self) -> None:
        """Spoils the judgement of what was found."""
        from contacts.delivery import conclusions, matching

        matching.Wanted.likeness = lambda self, contact: matching.Likeness.THE_ONE
        matching.Wanted.may_claim = lambda self, contact: False
        conclusions.judge = lambda wanted, contacts: matching.Found(list(contacts)[-1:], [])
