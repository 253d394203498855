"""Pair tokens: referrals and sides that hold the same one belong together. Never shown, never sent."""

import secrets


def token() -> str:
    """A fresh token: 128 random bits. Every referral has one from its first moment, whoever stands behind it."""
    return secrets.token_urlsafe(16)
