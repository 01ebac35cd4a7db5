"""By what a submission is found in the history."""

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from contacts.models.submission import Submission


class SearchEntry(models.Model):
    """What the full-text index holds of a submission: written in the transaction that writes its content.

    The key is the moment of entry (document.number), so that walking the index is walking the history. The database's
    triggers keep `standing`, and the index itself: the FTS5 table contacts_search in SQLite, a GIN index in PostgreSQL.
    """

    number = models.BigIntegerField(primary_key=True)
    submission = models.OneToOneField(Submission, on_delete=models.CASCADE, related_name="search_entry")
    # Binds the tokens to the submission's workspace.
    space = models.CharField(max_length=8)
    words = models.TextField(blank=True)
    facts = models.TextField()
    standing = models.TextField()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")

    def __str__(self) -> str:
        return str(self.number)

    def store(self) -> None:
        """Stores a new one, with the next number that is free: two entries may fall on one microsecond."""
        while not self._insert():
            self.number += 1

    def _insert(self) -> bool:
        # One statement says whether the number was free, and spoils no transaction where it was not.
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO contacts_searchentry (number, submission_id, space, words, facts, standing) "
                "VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (number) DO NOTHING",
                [
                    self.number,
                    Submission._meta.pk.get_db_prep_value(self.submission_id, connection),
                    self.space,
                    self.words,
                    self.facts,
                    self.standing,
                ],
            )
            return cursor.rowcount == 1
