"""What the entrance remembers for a quarter of an hour, so that nobody can try without end."""

from django.db import models

from desist.facts import Retention


class Attempt(models.Model):
    """One failed sign-in: a keyed hash of the account or of the network address, and when."""

    retention_class = Retention.SESSION
    digest = models.CharField(
        max_length=64,
        db_comment="Keyed hash of the account tried or of the network address; kept for a quarter of an hour",
    )
    at = models.DateTimeField(db_index=True, db_comment="When the sign-in was tried")

    class Meta:
        app_label = "accounts"
        indexes = [models.Index(fields=["digest", "at"], name="attempts_of_one_source")]
