"""What the entrance remembers for a quarter of an hour, so that nobody can try without end."""

from django.db import models


class Attempt(models.Model):
    """Somebody tried to get in: a keyed hash of the account or of the address they came from, and when."""

    digest = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        app_label = "accounts"
        indexes = [models.Index(fields=["digest", "at"], name="attempts_of_one_source")]
