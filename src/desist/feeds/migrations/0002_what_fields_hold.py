"""What the fields hold, as the models say it."""

from django.db import migrations

from desist.postgresql.migrations import Comments

REF = "Random reference; says nothing about what it names"


class Migration(migrations.Migration):
    dependencies = [("feeds", "0001_initial")]
    operations = [
        Comments({
            "Feed": {"ref": REF, "account": "Account whose calendar it is",
                "digest": "SHA-256 of the secret address (256 random bits); the address itself is not kept",
                "made_at": "When it was made",
                "revoked_at": "When it was revoked; since then it answers like an address that never existed"},
        }),
    ]
