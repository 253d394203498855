"""What the fields hold, as the models say it."""

from django.db import migrations

from desist.postgresql.migrations import Comments

REF = "Random reference; says nothing about what it names"
AREA = "Police area"
VERSION = "Counts changes, so that a stale page is noticed"
SUBMISSION = "Token of the form, so that a form sent twice acts once"


class Migration(migrations.Migration):
    dependencies = [("post", "0002_bells")]
    operations = [
        Comments({
            "Agreement": {"ref": REF, "area": AREA, "version": VERSION, "title": "Title of the sharing agreement",
                "parties": "Partners of the register that are parties, by their names",
                "others": "Parties that are not in the register", "purposes": "Purposes it covers, coded",
                "lawful_basis": "Lawful basis in words", "begins_on": "Its first day",
                "review_on": "When it is reviewed next", "ends_on": "Its last day",
                "document": "SHA-256 of the signed document in hexadecimal; the document is not kept here",
                "submission": SUBMISSION, "kept_by": "Account that entered it", "kept_at": "When it was entered",
                "ended_on": "Day from which it covers nothing, where it was ended early",
                "ended_by": "Account that ended it early"},
            "Approval": {"digest": "Digest of exactly what was approved, for whom, about which case",
                "kind": "Which kind of envelope", "case": "Reference of the case", "by": "Account that approved it",
                "organisation": "Partner that vouches for its own people; empty: this site",
                "at": "When it was approved", "until": "When the approval runs out",
                "ended_at": "When it was used up, or replaced after it had run out"},
            "ByHandTask": {"ref": REF, "partner": "Partner to telephone", "kind": "Kind of news",
                "case": "Reference of the case whose exclusions hold; empty: no case",
                "thread": "Token of the exchange that it belongs to; never shown",
                "about": "How the partner knows the case: a person by name and day of birth, or a crime reference",
                "text": "The text to read out; what leads to a person is emptied once it was told",
                "made_at": "When it arose", "due_at": "By when the partner must be told",
                "overtaken_at": "When a later task replaced this one",
                "dropped_at": "When it was decided that nobody is told",
                "told_whom": "Person at the partner who was told", "told_at": "When they were told",
                "sealed_answer": "What they answered, locked with the site's key", "by": "Account that told them"},
            "Inbox": {"ref": "The envelope's own random id", "sender": "Name of the partner it came from",
                "sealed": "The sealed content, emptied once it is handled", "at": "When it was written",
                "arrived_at": "When it arrived", "handled_at": "When it was handled",
                "tries": "How often it was tried", "next_at": "When it is tried next",
                "error": "Why it failed, without content", "dead_at": "When it was given up after too many tries"},
            "Outbox": {"id": "Number of the row, never shown", "ref": "The envelope's own random id",
                "receiver": "Name of the partner it goes to",
                "kind": "Kind of envelope, for this site alone: the courier may not read it",
                "sealed": "The sealed content", "at": "When it was written", "sent_at": "When the courier carried it",
                "tries": "How often it was tried", "next_at": "When it is tried next; empty: as soon as possible",
                "error": "Why it waits, without content"},
            "Partner": {"ref": REF, "name": "The partner site's name", "zone": "Kind of site",
                "title": "Name of the organisation in words", "transport": "How envelopes reach it",
                "keys": "Its public keys, as keys.public.PublicKeys writes them", "phone": "Its telephone number",
                "area": AREA, "added_at": "When it was added to the register",
                "ended_at": "When it was taken off the register"},
        }),
    ]
