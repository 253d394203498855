from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Built while others write: the versions before and after this one work on the same tables."""

    atomic = False
    dependencies = [("programme", "0051_outcome_extracts")]
    operations = [
        AddIndexConcurrently(
            model_name="measure",
            index=models.Index(
                fields=["episode"],
                condition=models.Q(("flagged", True), ("struck_at", None)),
                name="flagged_measures",
            ),
        ),
        AddIndexConcurrently(
            model_name="session", index=models.Index(models.F("period__endswith"), name="sessions_by_end")
        ),
        AddIndexConcurrently(
            model_name="session",
            index=models.Index(
                fields=["episode"], condition=models.Q(("state", "missed")), name="missed_sessions"
            ),
        ),
    ]
