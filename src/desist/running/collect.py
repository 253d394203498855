"""`python -m desist.running.collect`: gathers the static files of a zone."""

import django
from django.core.management import call_command


def main() -> None:
    """Gather them anew."""
    django.setup()
    call_command("collectstatic", verbosity=0, interactive=False, clear=True)


if __name__ == "__main__":
    main()
