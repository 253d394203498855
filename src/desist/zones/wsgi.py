"""The web server's entry point, in the zone that DJANGO_SETTINGS_MODULE names."""

from django.core.wsgi import get_wsgi_application

from desist.zones import health, start

# Refuse to start with an open security hole, before the first request is answered.
start.main()
application = health.before(get_wsgi_application())
