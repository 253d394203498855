"""What the fields hold, as the models say it."""

from django.db import migrations

from desist.postgresql.migrations import Comments

REF = "Random reference; says nothing about what it names"
AREA = "Police area"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_told_apart")]
    operations = [
        Comments({
            "Account": {"ref": REF, "email": "Work e-mail address", "name": "Name as colleagues see it",
                "invited_at": "When the person was invited", "left_at": "When the person left",
                "subject": "The organisation's identity provider and its permanent name for the person"},
            "AccountAlert": {"ref": REF, "kind": "What was unusual: one of a fixed list",
                "account": "Account that it is about", "day": "Day on which it was seen",
                "count": "How often it was seen that day", "raised_at": "When it was first seen",
                "last_at": "When it was last seen",
                "told_at": "When an e-mail without content went to the people who look into alerts",
                "outcome": "What the person who looked into it found: one of a fixed list",
                "note": "What was said and agreed, without any case",
                "closed_by": "Account that closed it: never the one that it is about",
                "closed_at": "When it was closed"},
            "Attempt": {"digest": "Keyed hash of the account tried or of the network address; kept for a quarter of an hour",
                "at": "When the sign-in was tried"},
            "Authenticator": {"account": "Account that it belongs to",
                "secret": "Secret of the authenticator app, encrypted with the site's key",
                "last_step": "The 30 seconds whose code was used last, so that no code counts twice",
                "added_at": "When it was added"},
            "BrowserSession": {"sign_in": "The sign-in that the session belongs to"},
            "Challenge": {"challenge": "Random question put to a passkey; kept for ten minutes",
                "purpose": "What it is for, and for which account", "made_at": "When it was made"},
            "Invitation": {"ref": REF, "account": "Account that the link is for",
                "purpose": "New account, reset, or requested with a recovery code",
                "reason": "Why the account was reset", "digest": "Hash of the link; the link itself is not kept",
                "made_by": "Account that made it", "made_at": "When it was made",
                "expires_at": "When the link stops working", "used_at": "When it was used",
                "cancelled_at": "When it was cancelled"},
            "Passkey": {"ref": REF, "account": "Account that it belongs to", "name": "Name that its owner gave it",
                "credential_id": "Number that the device gave it",
                "credential": "Public half of the key; cannot sign in",
                "counter": "How often it was used, where the device counts", "added_at": "When it was added",
                "used_at": "When it was last used"},
            "RecoveryCode": {"account": "Account that it belongs to", "digest": "Hash of the code",
                "made_at": "When it was made", "used_at": "When it was used"},
            "RoleGrant": {"ref": REF, "account": "Account that holds the role", "role": "The role", "area": AREA,
                "given_by": "Account that gave it", "given_at": "When the role was given",
                "ended_at": "When the role ended; empty while it is held"},
            "SignIn": {"ref": REF, "grant": "The grant that was used: account, role and area",
                "device": "Kind of browser and system, from a fixed list; no address",
                "known_device": "Keyed hash of the device's cookie, which shows two accounts at one device; no address",
                "began_at": "When it began", "last_seen_at": "When it was last used, to the minute",
                "confirmed_at": "When the person last proved who they are",
                "ended_at": "When it was ended, unless it ran out", "ended_by": "Account that ended it"},
            "ToldApart": {"ref": REF,
                "one": "One of two accounts that look like one person: the one whose reference comes first",
                "other": "The other account", "reason": "How an administrator knows that they are two people",
                "asked_by": "Administrator who said so", "asked_at": "When the administrator said so",
                "confirmed_by": "Second administrator, who confirmed it", "confirmed_at": "When it was confirmed",
                "ended_by": "Administrator who took it back", "ended_at": "When it was ended"},
        }),
    ]
