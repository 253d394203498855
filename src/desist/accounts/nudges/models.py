"""Who does not want which of the messages that tell of waiting work."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models

from desist.facts import REF, Retention
from desist.references import reference


@pghistory.track()
class EmailChoice(models.Model):
    """The kinds of e-mail that an account does not want. There is no row until it chooses."""

    retention_class = Retention.ACCOUNT
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    account = models.CharField(max_length=40, unique=True, db_comment="Account that chose")
    unwanted = ArrayField(
        models.CharField(max_length=20),
        default=list,
        blank=True,
        db_comment="Kinds of message that they do not want, coded",
    )
    changed_at = models.DateTimeField(db_comment="When the choice was made")
