"""`python -m desist.running.migrate`: the owner brings one site's tables and grants up to date."""

import django
from django.conf import settings
from django.core.management import call_command


def main() -> None:
    """Migrate, then grant."""
    django.setup()
    from desist import deployment
    from desist.post import grants as post_grants
    from desist.wall import grants

    call_command("migrate", verbosity=0, interactive=False)
    site = deployment.site(settings.DESIST_ZONE)
    grants.apply(app=site.app)
    post_grants.apply(courier="courier")


if __name__ == "__main__":
    main()
