"""The attempts of the last hour, which limit how often an account can try to sign in or search for people."""

from django.db import models

from desist.facts import Retention


class Attempt(models.Model):
    """One failed sign-in or one search: a keyed hash of the account or of the network address, and when."""

    retention_class = Retention.SESSION
    digest = models.CharField(
        max_length=64,
        db_comment="Keyed hash of the account tried, of the network address, or of the account that searched; kept for an hour",
    )
    at = models.DateTimeField(db_index=True, db_comment="When it was tried")

    class Meta:
        indexes = [models.Index(fields=["digest", "at"], name="attempts_of_one_source")]
