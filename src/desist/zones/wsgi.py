"""The web server's entry point, in the zone that DJANGO_SETTINGS_MODULE names."""

import os

from django.core.wsgi import get_wsgi_application

from desist import deployment, pulse
from desist.postgresql.silence import watch
from desist.zones import health, start
from desist.zones.threads import Threads

watch.start()
# Refuse to start with an open security hole, before the first request is answered.
start.main(patient=True)

from desist.zones import alive, metrics  # noqa: E402 -- settings and models exist from here on

metrics.count_requests()
alive.note(alive.Process.WEB, site=os.environ["DESIST_SITE"])
threads = Threads(get_wsgi_application(), number=deployment.database_threads())
application = health.before(threads)
pulse.start(lambda: not threads.stuck())
