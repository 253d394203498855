from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("programme", "0006_words_of_choices")]
    operations = [
        AddIndexConcurrently(
            model_name="session",
            index=models.Index(
                models.F("period__startswith"),
                condition=models.Q(("state", "planned")),
                name="planned_by_time",
            ),
        ),
    ]
