"""Accepts the present end of a site's audit: `python -m desist.running.accept` in the site's environment."""

import sys

import django
from django.conf import settings
from django.utils import timezone


def main() -> None:
    """Print the point where sealing goes on; exit 1 where the head cannot be written."""
    django.setup()
    from desist import deployment  # noqa: PLC0415 -- models only exist once Django is set up
    from desist.audit import commands  # noqa: PLC0415 -- see above
    from desist.wall import actors  # noqa: PLC0415 -- see above

    kept = deployment.head_file(settings.DESIST_SITE)
    try:
        head = commands.accept_end(actor=actors.console(), head=kept, at=timezone.now())
    except OSError as failure:
        sys.stdout.write(f"{settings.DESIST_SITE_NAME}: {kept} cannot be written: {failure.strerror}.\n")
        raise SystemExit(1) from None
    sys.stdout.write(
        f"{settings.DESIST_SITE_NAME}: sealing goes on after event {head.position:,}. The head of before lies beside "
        f"{kept}.\n"
    )


if __name__ == "__main__":
    main()
