"""What counts sign-ins that were tried counts searches for people as well."""

from django.db import migrations

from desist.postgresql.migrations import Comments


class Migration(migrations.Migration):
    dependencies = [("accounts", "0007_what_fields_hold")]
    operations = [
        Comments(
            {
                "Attempt": {
                    "digest": "Keyed hash of the account tried, of the network address, or of the account that searched; kept for an hour",
                    "at": "When it was tried",
                },
            }
        ),
    ]
