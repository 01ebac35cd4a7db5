"""How often a secret may be tried: slowly for whoever is not known, and never so that an account's owner is kept out.

A browser that has signed in to the account before has an allowance of its own. All others are counted by account and
address, by account, and by address; each of these only slows those others. A try that is refused is not counted, so
that nobody prolongs a wait by going on. The way of OWASP's “device cookies”.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from accounts.addresses import client_network
from accounts.devices import device_of
from accounts.models import FailedSignIn, User


@dataclass(frozen=True, slots=True)
class _Limit:
    """At most so many failures within this time."""

    failures: int
    within: timedelta


KNOWN_BROWSER = _Limit(10, timedelta(minutes=15))
ACCOUNT_AND_ADDRESS = _Limit(5, timedelta(minutes=15))
# What a botnet may try at one account, and one machine at all accounts.
ACCOUNT = _Limit(100, timedelta(hours=1))
ADDRESS = _Limit(200, timedelta(minutes=15))
LONGEST = timedelta(hours=1)


class TooManyTriesError(Exception):
    """Nothing was tried. `until` is when it may be."""

    def __init__(self, until: datetime) -> None:
        super().__init__("too many tries")
        self.until = until

    @property
    def seconds(self) -> int:
        """How long to wait."""
        return max(1, round((self.until - timezone.now()).total_seconds()))

    @property
    def sentence(self) -> str:
        """What to do, for the person."""
        minutes = -(-self.seconds // 60)
        words = ngettext("Wait a minute, then try again.", "Wait %(count)d minutes, then try again.", minutes)
        return words % {"count": minutes}


@dataclass(slots=True)
class Try:
    """One try that is allowed. It counts as failed until it is said to have succeeded."""

    row: FailedSignIn
    # Until when nothing more is tried if this fails; None while there are tries left.
    until_if_last: datetime | None

    @property
    def is_last(self) -> bool:
        """Whether one more failure is one too many."""
        return self.until_if_last is not None

    def refusal(self) -> TooManyTriesError:
        """What is said of the last one when it has failed."""
        return TooManyTriesError(self.until_if_last or timezone.now())

    def succeeded(self) -> None:
        """The secret was right."""
        self.row.delete()


@contextmanager
def trying(request: HttpRequest, name: str, *, what: str = "") -> Iterator[Try]:
    """Allows one try of a secret of the account `name`. Raises TooManyTriesError where it is one too many.

    It is counted before the secret is looked at, so that many at once are as many. `what` tells one secret's tries from
    another's.
    """
    digest, address = _digest(f"{what}:{name}"), client_network(request)
    # Two at once may both be refused, and never are both let through.
    row = FailedSignIn.objects.create(at=timezone.now(), name=digest, address=address, device=device_of(request, name))
    until, until_if_last = _look(row)
    if until is not None:
        row.delete()
        raise TooManyTriesError(until)
    yield Try(row, until_if_last)


def forget(user: User) -> None:
    """Lets an account be tried anew, from everywhere."""
    FailedSignIn.objects.filter(name__in=[_digest(f"{what}:{user.get_username()}") for what in ("", CODE)]).delete()


def forget_old(now: datetime) -> None:
    """Erases what slows nobody any more."""
    FailedSignIn.objects.filter(at__lt=now - LONGEST).delete()


CODE = "code"


def _look(own: FailedSignIn) -> tuple[datetime | None, datetime | None]:
    """Until when this try is one too many, None where it is not; and the same of the next one, if this one fails."""
    same_account, same_address = Q(name=own.name), Q(address=own.address)
    if own.device:
        limits = [(KNOWN_BROWSER, same_account & Q(device=own.device))]
    else:
        elsewhere = Q(device="")
        limits = [
            (ACCOUNT_AND_ADDRESS, same_account & same_address & elsewhere),
            (ACCOUNT, same_account & elsewhere),
            (ADDRESS, same_address & elsewhere),
        ]
    next_until = None
    for limit, which in limits:
        earlier = FailedSignIn.objects.filter(which, at__gt=own.at - limit.within).exclude(pk=own.pk)
        times = list(earlier.order_by("-at").values_list("at", flat=True)[: limit.failures])
        if len(times) == limit.failures:
            return times[-1] + limit.within, None
        if len(times) == limit.failures - 1:
            next_until = max(next_until or own.at, min([own.at, *times]) + limit.within)
    return None, next_until


def _digest(name: str) -> str:
    return salted_hmac("accounts.throttle", name, algorithm="sha256").hexdigest()
