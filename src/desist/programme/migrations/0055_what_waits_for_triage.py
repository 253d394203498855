from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models


class Migration(migrations.Migration):
    """Built while others write: the versions before and after this one work on the same tables."""

    atomic = False
    dependencies = [("programme", "0054_sessions_by_person_and_day")]
    operations = [
        AddIndexConcurrently(
            model_name="referral",
            index=models.Index(
                fields=["area", "id"], condition=models.Q(("state", "received")), name="undecided_referrals"
            ),
        ),
        AddIndexConcurrently(
            model_name="episode",
            index=models.Index(
                fields=["area", "referral"], condition=models.Q(("state", "waiting")), name="unallocated_episodes"
            ),
        ),
    ]
