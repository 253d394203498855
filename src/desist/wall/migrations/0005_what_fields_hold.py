"""What the fields hold, as the models say it."""

from django.db import migrations

from desist.postgresql.migrations import Comments

REF = "Random reference; says nothing about what it names"
AREA = "Police area"


class Migration(migrations.Migration):
    dependencies = [("wall", "0004_emergency_access")]
    operations = [
        Comments({
            "AuditEvent": {"id": "Number of the row, never shown", "at": "When it was done or refused",
                "who": "Account, or the system's hand", "role": "Role in which it was done",
                "action": "What was done or refused", "row": "Reference of the row",
                "allowed": "Whether it was allowed", "reason": "Why it was refused",
                "correlation": "Ties everything one request did together"},
            "AuditSeal": {"position": "Order of sealing", "event_id": "Number of the event",
                "link": "Hash that links the event to the seal before"},
            "Clearance": {"id": "Number of the row, never shown",
                "row": "Row that holds the words, as the audit names it", "place": "Field that holds the words",
                "digest": "Keyed digest of exactly these words; the words cannot be read from it",
                "reason": "Why they may stay, coded", "cleared_by": "Account that answered for the words",
                "cleared_at": "When it was cleared"},
            "EmergencyAccess": {"ref": REF, "account": "Account that opened the case, or asked to", "area": AREA,
                "case": "Reference of the case; empty where none could be opened",
                "reason": "Why it could not wait, without a name", "began_at": "When it began",
                "until": "When it ends by itself",
                "review_by": "Last day for the review; after it the next emergency access is refused",
                "ended_at": "When it was ended before its time",
                "reviewed_by": "Account that reviewed it: never the one that opened the case",
                "reviewed_at": "When it was reviewed"},
            "Exclusion": {"ref": REF, "case": "Reference of the case",
                "account": "Account that is kept from the case, or let in",
                "allowed": "False: may never see the case; true: may see it although it is restricted",
                "reason": "Why the account is kept out or let in", "made_by": "Account that made it",
                "made_at": "When it was made"},
            "Restriction": {"ref": REF, "case": "Reference of the case", "reason": "Why it is restricted",
                "made_by": "Account that made it", "made_at": "When the restriction began",
                "ended_at": "When the restriction ended; empty while it holds"},
            "Reviewer": {"ref": REF, "name": "Person to ask about restricted cases", "phone": "Their work telephone",
                "named_by": "Account that named them", "named_at": "When they were named",
                "ended_at": "When they stopped being the reviewer; empty while they are"},
        }),
    ]
