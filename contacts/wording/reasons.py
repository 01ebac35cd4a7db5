"""What each reason of the closed list means to a recruiter: one sentence, said wherever the reason is shown."""

from django.utils.translation import gettext_lazy as _

from contacts.models import Reason

SENTENCES = {
    Reason.NONE: "",
    # Nothing was sent.
    Reason.UNREACHABLE: _("Leonar can't be reached right now."),
    Reason.UNTRUSTED: _("The connection to Leonar is not trusted."),
    Reason.ABANDONED: _("Nothing has been sent yet."),
    # Leonar answered and created nothing.
    Reason.RATE_LIMITED: _("Leonar's hourly limit is reached."),
    Reason.KEY_REFUSED: _("Leonar refused the portal's key."),
    Reason.ADDRESS_WRONG: _("Leonar's address looks wrong."),
    Reason.INVALID: _("Leonar found a mistake."),
    Reason.REFUSED: _("Leonar did not accept this contact."),
    # It may have been created.
    Reason.NO_ANSWER: _("Sent, but no answer came."),
    Reason.CONNECTION_LOST: _("Sent, but the connection broke before an answer came."),
    Reason.SERVER_ERROR: _("Sent, but Leonar answered with an error of its own."),
    Reason.ANSWER_UNREADABLE: _("Created in Leonar; its answer could not be read."),
    Reason.INTERRUPTED: _("Sent, but the portal was interrupted before an answer came."),
    Reason.RESTORED: _("It may have been sent before the portal's database was restored."),
}

# Whether it was created is not known; anything else that is not settled reads like the first.
OUTCOME_UNKNOWN = (
    Reason.NO_ANSWER,
    Reason.CONNECTION_LOST,
    Reason.SERVER_ERROR,
    Reason.ANSWER_UNREADABLE,
    Reason.INTERRUPTED,
    Reason.RESTORED,
)


def sentence(reason: str) -> str:
    """The sentence for `reason`; empty where there is none."""
    return str(SENTENCES[Reason(reason)])


def what_is_known(reason: str) -> str:
    """The sentence for a submission that was sent and whose outcome was not seen."""
    return sentence(reason if reason in OUTCOME_UNKNOWN else Reason.NO_ANSWER)
