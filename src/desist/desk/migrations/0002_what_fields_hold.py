"""What the fields hold, as the models say it."""

from django.db import migrations

from desist.postgresql.migrations import Comments

REF = "Random reference; says nothing about what it names"
AREA = "Police area"
SUBMISSION = "Token of the form, so that a form sent twice acts once"


class Migration(migrations.Migration):
    dependencies = [("desk", "0001_initial")]
    operations = [
        Comments({
            "Alert": {"ref": REF, "way": "Whether it came to this site or went from it",
                "case": "This site's own reference of the case, whose exclusions hold", "area": AREA,
                "partner": "The other site", "thread": "Token shared with that site alone; never shown",
                "reason": "Coded reason, without content", "contact": "Person and number to telephone",
                "raised_at": "When it was raised", "received_at": "When it was received, or written to go out",
                "due_at": "When a person must have taken it up",
                "acknowledged_by": "Account that took it up; the post, where a person at the partner's took it up",
                "acknowledged_at": "When it was acknowledged",
                "sealed_note": "What was done, locked with the site's key",
                "escalated_at": "When everyone on duty was asked to look, since nobody had taken it up"},
            "DutyNumber": {"ref": REF, "area": AREA, "title": "Person or office that answers the number",
                "number": "Work telephone number", "added_by": "Account that listed it",
                "added_at": "When it was listed", "ended_by": "Account that took it off the list",
                "ended_at": "When it was taken off the list"},
            "Ring": {"alert": "The alert that was rung about",
                "sealed_whom": "Person who was rung, locked with the site's key",
                "sealed_answer": "What they answered, locked with the site's key", "by": "Account that rang",
                "at": "When they were rung", "submission": SUBMISSION},
        }),
    ]
