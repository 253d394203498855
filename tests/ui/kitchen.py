"""The kitchen sink as a process of its own, which a test can stop and kill: `python -m tests.ui.kitchen PORT`."""

import os
import sys
from http.server import HTTPServer

import django
from django.core.servers.basehttp import ThreadedWSGIServer
from django.core.wsgi import get_wsgi_application
from django.test import override_settings
from tests.looking import Silent


def serve(port: int) -> None:
    """Answer until killed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "desist.zones.tests")
    django.setup()
    from tests.ui.conftest import KITCHEN

    with override_settings(**KITCHEN):
        server: HTTPServer = ThreadedWSGIServer(("127.0.0.1", port), Silent)
        server.set_app(get_wsgi_application())  # type: ignore[attr-defined]  # of Django's server
        server.serve_forever(0.01)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
