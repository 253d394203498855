"""The quarterly returns of an advocacy service, and the questions of a commissioner about them."""

import pghistory
from django.db import models

from desist.quarterly.models import Asking, Counting, answered, constraints


@pghistory.track()
class QuarterlyReturn(Counting):
    """One count of one quarter."""

    class Meta:
        constraints = constraints("_of_advocacy")


@pghistory.track()
class ReturnQuestion(Asking):
    """A question of the commissioner about a return."""

    of = models.ForeignKey(
        QuarterlyReturn,
        on_delete=models.PROTECT,
        related_name="questions",
        db_comment="Return that it is about",
    )

    class Meta:
        constraints = answered("_of_advocacy")
