"""What the police told of the Stalking Protection Order that protects a client: kind and day, nothing else."""

import pghistory
from django.db import models

from desist.advocacy.victims.models import Victim
from desist.references import reference


@pghistory.track()
class OrderNews(models.Model):
    """One piece of news, to be told to the client when it is safe to."""

    ref = models.CharField(max_length=12, unique=True, default=reference)
    victim = models.ForeignKey(Victim, on_delete=models.PROTECT, related_name="order_news")
    area = models.CharField(max_length=40)
    event = models.CharField(max_length=20)
    on = models.DateField()
    received_at = models.DateTimeField()

    class Meta:
        app_label = "advocacy"
        indexes = [models.Index(fields=["victim", "-on"], name="order_news_of_a_client")]
