"""Whether this site signs people in with its organisation's own identity provider."""

from django.conf import settings


def configured() -> bool:
    """Whether it does; the site's own passkeys, passwords and recovery codes are then out of use."""
    return settings.DESIST_PROVIDER is not None
