"""Pair tokens: referrals and sides with one token belong together. A token is never shown and never sent."""

import secrets


def token() -> str:
    """Return a fresh token: 128 random bits. Every referral has one from the start, with or without a side."""
    return secrets.token_urlsafe(16)
