"""A reason not to start: a name that tells what these pages are for."""

from django.conf import settings

from desist import neutral


def reasons() -> list[str]:
    """The names of the site that another person could read on the phone and that tell."""
    told = [name for name in (settings.DESIST_SITE_NAME, *settings.ALLOWED_HOSTS) if neutral.tells(name)]
    return [
        f"“{name}” tells what these pages are for, and others see the person's phone. Use a name that says nothing, "
        "such as my-week.northmere.example."
        for name in told
    ]
