"""How Leonar behaves meanwhile: calls take a while, so that kills find some under way, and now and then one fails."""

import random

from tests.sandbox_process import SandboxProcess

# What a network or a proxy spoils (in the first two the contact exists all the same), and the limit, after which the
# deliverers find a backlog.
MISHAPS: tuple[dict[str, object], ...] = (
    {"mode": "drop_after_creating"},
    {"mode": "status", "status": 502, "body": "html", "create": True},
    {"mode": "status", "status": 503, "body": "html"},
    {"mode": "drop_after_reading"},
    {"mode": "rate_limited", "reset_in": 1},
    {"mode": "hang", "seconds": 4, "create": True},
    {"mode": "hang", "seconds": 4},
    {"mode": "status", "status": 200, "body": "html"},
)
CALLS_BETWEEN_MISHAPS = 40


# What Leonar makes of contacts, and how far its search is behind: for a while each.
MOODS: tuple[dict[str, object], ...] = (
    {"mode": "altered", "how": "first_email"},
    {"mode": "altered", "how": "no_hyphens"},
    {"mode": "altered", "how": "capitals"},
    {"mode": "altered", "how": "no_zone"},
    {"mode": "altered", "how": "none"},
    {"mode": "search_lag", "seconds": 3},
    {"mode": "search_lag", "seconds": 0},
)
TURNS_BETWEEN_MOODS = 5


def turn(sandbox: SandboxProcess, *, rng: random.Random) -> None:
    """Now and then Leonar is of another mood."""
    if not rng.randrange(TURNS_BETWEEN_MOODS):
        sandbox.misbehave(**rng.choice(MOODS))


def brew(sandbox: SandboxProcess, *, calls: int, rng: random.Random) -> None:
    """Rules for so many calls of POST /contacts; any beyond them are answered at once."""
    for _ in range(-(-calls // CALLS_BETWEEN_MISHAPS)):
        left = CALLS_BETWEEN_MISHAPS - 1
        while left:
            some = min(left, rng.randint(1, 10))
            left -= some
            delay = round(rng.uniform(0.02, 0.1), 3)
            sandbox.misbehave(mode="delay", seconds=delay, calls=some, only="POST /contacts")
        sandbox.misbehave(**rng.choice(MISHAPS), calls=1, only="POST /contacts")
