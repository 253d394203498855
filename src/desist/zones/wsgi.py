"""What the web server calls, in whichever zone DJANGO_SETTINGS_MODULE names."""

from django.core.wsgi import get_wsgi_application

from desist.zones import start

# Refuses with words where a hole stands open, before the first request is answered.
start.main()
application = get_wsgi_application()
