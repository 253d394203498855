"""What the fields hold, as the models say it."""

from django.db import migrations

from desist.postgresql.migrations import Comments

REF = "Random reference; says nothing about what it names"
AREA = "Police area"
SUBMISSION = "Token of the form, so that a form sent twice acts once"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [
        Comments({
            "Download": {"ref": REF, "kind": "Kind of file", "title": "Title of the file, without a name in it",
                "criteria": "What the file is limited to: references of an account and a case, kinds and days",
                "why": "What the file is needed for",
                "asked_by": "Account that asked for it; no other account may download it", "area": AREA,
                "asked_at": "When it was asked for", "released": "Whether it was released",
                "decided_by": "Account that released or refused it: never the one that asked",
                "decided_at": "When it was released or refused; 24 hours after a release the file is gone",
                "submission": SUBMISSION},
        }),
    ]
