"""By what a person is recognised."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from contacts.models.submission import Submission
from contacts.models.workspace import Workspace
from contacts.text.identity import KEY_MOST


class ContactKey(models.Model):
    """One e-mail address, phone number, LinkedIn address or folded name of a submission's contact.

    Serves duplicates, search, matching and erasure alike. Written with its submission, in the same transaction.
    """

    class Kind(models.TextChoices):
        """What kind of value it is."""

        EMAIL = "email", _("e-mail")
        PHONE = "phone", _("phone")
        LINKEDIN = "linkedin", _("LinkedIn")
        NAME = "name", _("name")
        NAME_COMPANY = "name_company", _("name and company")

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="keys")
    workspace = models.ForeignKey(Workspace, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    value = models.CharField(max_length=KEY_MOST)

    class Meta:
        verbose_name = _("contact key")
        verbose_name_plural = _("contact keys")
        constraints = [
            models.UniqueConstraint(fields=["submission", "kind", "value"], name="one_key_a_value"),
        ]
        indexes = [models.Index("workspace", "kind", "value", name="contact_key_value")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.submission_id}"
