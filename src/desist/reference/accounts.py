"""The accounts' part of the data dictionary: the same in every staff zone."""

from desist.reference.dictionary import AREA, REF, ROW, Entry
from desist.reference.retention import Retention

ACCOUNTS = {
    "accounts.Account": Entry(
        Retention.ACCOUNT,
        {
            "id": ROW,
            "ref": REF,
            "email": "Work e-mail address",
            "name": "Name as colleagues see it",
            "password": "Hash of the password, where the site allows one; otherwise unusable",
            "last_login": "Not used",
            "invited_at": "When the person was invited",
            "left_at": "When the person left",
            "subject": "The organisation's identity provider and its lasting name for the person",
        },
    ),
    "accounts.AccountAlert": Entry(
        Retention.AUDIT,
        {
            "id": ROW,
            "ref": REF,
            "kind": "What was unusual: one of a fixed list",
            "account": "Account that it is about",
            "day": "On which day",
            "count": "How often that day",
            "raised_at": "When it was first seen",
            "last_at": "When it was last seen",
            "told_at": "When an e-mail without content went to those who look into it",
            "outcome": "What they found: one of a fixed list",
            "note": "What was said and agreed, without any case",
            "closed_by": "Account that closed it: never the one that it is about",
            "closed_at": "When",
        },
    ),
    "accounts.RoleGrant": Entry(
        Retention.ACCOUNT,
        {
            "id": ROW,
            "ref": REF,
            "account": "Who holds the role",
            "role": "Which role",
            "area": AREA,
            "given_by": "By whom",
            "given_at": "From when",
            "ended_at": "Until when",
        },
    ),
    "accounts.SignIn": Entry(
        Retention.ACCOUNT,
        {
            "id": ROW,
            "ref": REF,
            "grant": "Who was signed in, in which role",
            "device": "Kind of browser and system, from a fixed list; no address",
            "known_device": "Keyed hash of the device's cookie, by which two accounts at one device are seen; no address",
            "began_at": "From when",
            "last_seen_at": "When it was last used, to the minute",
            "confirmed_at": "When the person last proved who they are",
            "ended_at": "When it was ended, unless it ran out",
            "ended_by": "Account that ended it",
        },
    ),
    "accounts.ToldApart": Entry(
        Retention.ACCOUNT,
        {
            "id": ROW,
            "ref": REF,
            "one": "One of two accounts that look like one person",
            "other": "The other",
            "reason": "How an administrator knows that they are two people",
            "asked_by": "Administrator who said so",
            "asked_at": "When",
            "confirmed_by": "Second administrator, who confirmed it",
            "confirmed_at": "When",
            "ended_by": "Administrator who took it back",
            "ended_at": "When",
        },
    ),
    "accounts.BrowserSession": Entry(
        Retention.SESSION,
        {
            "session_key": "Random key that the browser holds in a cookie",
            "session_data": "What one page leaves for the next: a sentence to show, a sealed link to hand over",
            "expire_date": "When it is over",
            "sign_in": "The sign-in that it belongs to",
        },
    ),
    "accounts.Invitation": Entry(
        Retention.ACCOUNT,
        {
            "id": ROW,
            "ref": REF,
            "account": "Whom it is for",
            "purpose": "New account, reset, or asked for with a recovery code",
            "reason": "Why it was reset",
            "digest": "Hash of the link; the link itself is not kept",
            "made_by": "Account that made it",
            "made_at": "When",
            "expires_at": "Until when it opens",
            "used_at": "When it was used",
            "cancelled_at": "When it was cancelled",
        },
    ),
    "accounts.Passkey": Entry(
        Retention.ACCOUNT,
        {
            "id": ROW,
            "ref": REF,
            "account": "Whose it is",
            "name": "What its owner calls it",
            "credential_id": "Its number, given by the device",
            "credential": "Its public half; cannot sign in",
            "counter": "How often it was used, where the device counts",
            "added_at": "Since when",
            "used_at": "When it was last used",
        },
    ),
    "accounts.Authenticator": Entry(
        Retention.ACCOUNT,
        {
            "id": ROW,
            "account": "Whose it is",
            "secret": "Secret of the authenticator app, encrypted with the site's key",
            "last_step": "The 30 seconds whose code was last used, so that none counts twice",
            "added_at": "Since when",
        },
    ),
    "accounts.RecoveryCode": Entry(
        Retention.ACCOUNT,
        {
            "id": ROW,
            "account": "Whose it is",
            "digest": "Hash of the code",
            "made_at": "When it was made",
            "used_at": "When it was used up",
        },
    ),
    "accounts.Challenge": Entry(
        Retention.SESSION,
        {
            "id": ROW,
            "challenge": "Random question put to a passkey, ten minutes",
            "purpose": "What for, and for which account",
            "made_at": "When",
        },
    ),
    "accounts.Attempt": Entry(
        Retention.SESSION,
        {
            "id": ROW,
            "digest": "Keyed hash of the account tried or of the network address, a quarter of an hour",
            "at": "When",
        },
    ),
}
