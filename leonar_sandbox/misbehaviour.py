"""What the stand-in can be told to do wrong, and to which calls.

POST /_sandbox/misbehave takes a rule: a JSON object with a mode, the options of that mode, and
  calls   how many calls it applies to (1)
  only    the one call it applies to, as in "POST /contacts" (any call of the API)

  mode                  what the caller sees                              created?   options (default)
  delay                 the usual answer, late                            as usual   seconds (1)
  hang                  no answer; the connection closes in the end       no         seconds (3600), create (false)
  drop_before_reading   the connection closes, the body is left unread    no
  drop_after_reading    the connection closes once the body was read      no
  drop_after_creating   the connection closes, no answer                  yes
  status                that status, whatever was sent                    no         status (500), create (false),
                                                                                     body: json, html, empty (json),
                                                                                     code and message of the error
  truncated             the body breaks off in the middle                 yes
  malformed             a body that is not JSON                           yes
  no_id                 a contact without its id                          yes
  rate_limited          429                                               no         reset_in seconds (60), headers:
                                                                                     true, false, "garbage" (true)
  search_lag            new contacts stay out of lists and searches for   yes        seconds (5); 0 ends it
                        so long, until a reset; not counted in calls
  altered               new contacts are kept otherwise than sent, until   yes        how: first_email, no_hyphens,
                        a reset; not counted in calls                                capitals, no_zone; none ends it
  normal                forgets rules, lag and alteration, keeps the contacts

Rules queue up: a call is taken by the first rule that fits it and has calls left. "Created: yes" means that the call
goes its usual way first, so that an invalid body still gets its 400. Calls that a rule answers in the API's place
(hang, drop before or after reading, status and rate_limited, without create) do not count towards the rate limit.

The other control addresses, none of which needs a key or counts towards a limit:
  GET  /_sandbox/state      counts, waiting rules, search lag, rate limit
  GET  /_sandbox/contacts   every contact, oldest first, whatever rules and limits say
  GET  /_sandbox/ledger     every POST /contacts whose whole body was read, oldest first
  POST /_sandbox/rate       {"limit": 5, "window_seconds": 10}, either or both; every key begins a new window
  POST /_sandbox/reset      forgets contacts, ledger, rules, search lag and windows
"""

import math
import threading
from dataclasses import asdict, dataclass
from typing import Any

from leonar_sandbox.alteration import ALTERATIONS

_COMMON = {"mode", "calls", "only"}
_OPTIONS: dict[str, set[str]] = {
    "delay": {"seconds"},
    "hang": {"seconds", "create"},
    "drop_before_reading": set(),
    "drop_after_reading": set(),
    "drop_after_creating": set(),
    "status": {"status", "body", "code", "message", "create"},
    "truncated": set(),
    "malformed": set(),
    "no_id": set(),
    "rate_limited": {"headers", "reset_in"},
}
MODES = (*_OPTIONS, "search_lag", "altered", "normal")
_DEFAULT_SECONDS = {"delay": 1.0, "hang": 3600.0}
DEFAULT_LAG = 5.0


class RuleError(Exception):
    """A rule that makes no sense. Says why in one sentence."""


@dataclass
class Rule:
    """One way to misbehave, and how many calls it still applies to."""

    mode: str
    calls: int = 1
    only: str | None = None
    seconds: float = 0.0
    status: int = 500
    body: str = "json"
    code: str | None = None
    message: str | None = None
    create: bool = False
    headers: bool | str = True
    reset_in: float = 60.0


class Misbehaviour:
    """The rules that wait for their calls, safe for many threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rules: list[Rule] = []

    def add(self, rule: Rule) -> None:
        """Queue a rule behind the others."""
        with self._lock:
            self._rules.append(rule)

    def take(self, call: str) -> Rule | None:
        """The rule for this call, written like "POST /contacts"; one of its calls is used up."""
        with self._lock:
            for rule in self._rules:
                if rule.only in (None, call):
                    rule.calls -= 1
                    if not rule.calls:
                        self._rules.remove(rule)
                    return rule
        return None

    def waiting(self) -> list[dict[str, Any]]:
        """The rules that still have calls left, first in the queue first."""
        with self._lock:
            return [asdict(rule) for rule in self._rules]

    def clear(self) -> None:
        """Behave."""
        with self._lock:
            self._rules.clear()


def read_rule(given: dict[str, Any]) -> Rule:
    """The rule that a control request asks for. Raises RuleError."""
    mode = given.get("mode")
    if mode not in _OPTIONS:
        raise RuleError(f"mode must be one of {', '.join(MODES)}.")
    unknown = given.keys() - _COMMON - _OPTIONS[mode]
    if unknown:
        raise RuleError(f"{mode} has no option {', '.join(sorted(unknown))}.")
    _check_common(given)
    _check_own(given)
    rule = Rule(**given)
    if "seconds" not in given:
        rule.seconds = _DEFAULT_SECONDS.get(mode, 0.0)
    return rule


def read_seconds(given: dict[str, Any], name: str, default: float) -> float:
    """A length of time, in seconds. Raises RuleError."""
    value = given.get(name, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
        raise RuleError(f"{name} must be a number of seconds.")
    return float(value)


def read_alteration(given: dict[str, Any]) -> str:
    """How new contacts are altered. Raises RuleError."""
    how = given.get("how")
    if how not in ALTERATIONS:
        raise RuleError(f"how must be one of {', '.join(ALTERATIONS)}.")
    return how


def _check_common(given: dict[str, Any]) -> None:
    calls = given.get("calls", 1)
    if isinstance(calls, bool) or not isinstance(calls, int) or calls < 1:
        raise RuleError("calls must be a whole number, at least 1.")
    only = given.get("only", "POST /contacts")
    if not isinstance(only, str) or " /" not in only:
        raise RuleError('only must name a call, as in "POST /contacts".')


def _check_own(given: dict[str, Any]) -> None:
    read_seconds(given, "seconds", 0.0)
    read_seconds(given, "reset_in", 0.0)
    status = given.get("status", 500)
    if isinstance(status, bool) or not isinstance(status, int) or not 200 <= status <= 599:
        raise RuleError("status must be between 200 and 599.")
    if given.get("body", "json") not in ("json", "html", "empty"):
        raise RuleError("body must be json, html or empty.")
    if given.get("headers", True) not in (True, False, "garbage"):
        raise RuleError('headers must be true, false or "garbage".')
    if not isinstance(given.get("create", False), bool):
        raise RuleError("create must be true or false.")
    for name in ("code", "message"):
        if not isinstance(given.get(name, ""), str):
            raise RuleError(f"{name} must be a string.")
