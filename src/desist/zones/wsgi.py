"""What the web server calls, in whichever zone DJANGO_SETTINGS_MODULE names."""

from django.core.cache import close_caches
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import reset_queries

from desist.zones import start

# Refuses with words where a hole stands open, before the first request is answered.
start.main()
# There is no log of queries to be emptied and no cache to be closed at every request.
request_started.disconnect(reset_queries)
request_finished.disconnect(close_caches)
application = get_wsgi_application()
