"""`python -m desist.running.verify`: walks one site's audit and holds it against the head kept outside."""

import sys

import django
from django.conf import settings


def main() -> None:
    """Print what was found, a line each, and exit 1 if the audit is not what was sealed."""
    django.setup()
    from desist import deployment  # noqa: PLC0415 -- models only exist once Django is set up
    from desist.wall import seals  # noqa: PLC0415 -- see above

    outside = seals.read_head(deployment.head_file(settings.DESIST_SITE))
    head, findings = seals.verify(outside)
    said = [f"position {finding.position}: {finding.what}" for finding in findings]
    said = said or [f"{head.position:,} events sealed, none edited, removed or cut off"]
    sys.stdout.writelines(f"{settings.DESIST_SITE_NAME}: {line}.\n" for line in said)
    raise SystemExit(1 if findings else 0)


if __name__ == "__main__":
    main()
