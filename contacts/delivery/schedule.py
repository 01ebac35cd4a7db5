"""When an unconfirmed submission is checked; pure."""

from datetime import datetime, timedelta

# Seconds after the attempt ended. Leonar's search may be behind, so "nothing" is said only after the last of them.
CHECKS = (5, 30, 2 * 60, 10 * 60, 60 * 60)
# A check that gets no answer is made again after this long, doubling; it counts for nothing.
RETRY_FIRST, RETRY_MOST = timedelta(seconds=30), timedelta(minutes=15)
# A person decides once Leonar has answered no check for this long, or somewhat more often than is asked in that time: a
# clock that was set back may make a day of it a year.
PATIENCE = timedelta(days=1)
UNANSWERED_MOST = 110


def next_check(*, answered: int, attempt_ended: datetime, now: datetime) -> datetime | None:
    """When to check again after `answered` checks, the last of them just now, have found nothing; None after the last.

    Counted from the attempt and from the last answered check alike, so that an outage does not crowd them together.
    """
    if answered >= len(CHECKS):
        return None
    since_last = CHECKS[answered] - (CHECKS[answered - 1] if answered else 0)
    return max(attempt_ended + timedelta(seconds=CHECKS[answered]), now + timedelta(seconds=since_last))


def retry(*, failures: int, unanswered_since: datetime, now: datetime) -> datetime | None:
    """When to check again after `failures` checks in a row, the last of them just now, got no answer.

    None where a person has to decide.
    """
    if now - unanswered_since >= PATIENCE or failures >= UNANSWERED_MOST:
        return None
    return now + min(RETRY_FIRST * 2 ** min(failures - 1, 10), RETRY_MOST)
