from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Built while others write: the versions before and after this one work on the same table."""

    atomic = False
    dependencies = [("programme", "0053_forces_are_asked")]
    operations = [
        AddIndexConcurrently(
            model_name="session",
            index=models.Index(models.F("episode"), models.F("period__startswith"), name="sessions_of_a_person"),
        ),
    ]
