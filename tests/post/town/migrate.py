"""As a site's owner, make its tables, its grants, its partners, and a tally."""

import django
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

django.setup()

from django.conf import settings  # noqa: E402 -- Django has to be set up first

from desist import sites  # noqa: E402
from desist.keys import keyfile  # noqa: E402
from desist.post import grants as post_grants  # noqa: E402
from desist.post.models import Partner  # noqa: E402
from desist.post.transports import Transport  # noqa: E402
from desist.wall import grants  # noqa: E402

call_command("migrate", verbosity=0)
folder = sites.data_folder()
known = sites.read_sites(folder=folder)
own = next(site for site in known if site.name == settings.DESIST_SITE)
with connection.cursor() as cursor:
    cursor.execute("CREATE TABLE tally (word text)")
    cursor.execute("CREATE TABLE fed (word text)")
grants.apply(app=own.app)
post_grants.apply(courier="courier")
with connection.cursor() as cursor:
    cursor.execute(f"GRANT SELECT, INSERT ON tally, fed TO {own.app}")
for site in known:
    if site != own:
        Partner.objects.create(
            name=site.name,
            zone=site.zone,
            title=site.title,
            transport=Transport.COURIER,
            keys=keyfile.read(folder=folder, site=site.name).public.to_json(),
            added_at=timezone.now(),
        )
