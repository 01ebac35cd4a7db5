"""Why something is where it is: a closed list."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Reason(models.TextChoices):
    """Why a submission, an attempt or the gate is where it is: a closed list. The values are those of leonar.errors."""

    NONE = "", _("none")
    UNREACHABLE = "unreachable", _("Leonar can't be reached")
    UNTRUSTED = "untrusted", _("the connection is not trusted")
    ABANDONED = "abandoned", _("stopped before anything was sent")
    RATE_LIMITED = "rate_limited", _("Leonar's hourly limit is reached")
    KEY_REFUSED = "key_refused", _("Leonar refused the portal's key")
    ADDRESS_WRONG = "address_wrong", _("Leonar's address looks wrong")
    INVALID = "invalid", _("Leonar found a mistake")
    REFUSED = "refused", _("Leonar did not accept it")
    NO_ANSWER = "no_answer", _("no answer came in time")
    CONNECTION_LOST = "connection_lost", _("the connection broke before the answer")
    SERVER_ERROR = "server_error", _("Leonar answered with an error of its own")
    ANSWER_UNREADABLE = "answer_unreadable", _("created, but the answer was unreadable")
    INTERRUPTED = "interrupted", _("the portal was interrupted while sending")
    RESTORED = "restored", _("the portal's database was restored from before it may have been sent")
