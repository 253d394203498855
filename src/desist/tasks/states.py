"""What happens to a task."""

from django.db.models import TextChoices


class What(TextChoices):
    """One thing that happened to a task."""

    GIVEN = "given", "Given to"
    HANDED_OVER = "handed_over", "Handed over to"
    DONE = "done", "Done by"
    REOPENED = "reopened", "Not done after all, says"
