"""The page furniture's part of every zone's settings.

    from desist.ui.settings import CONTENT_SECURITY_POLICY, CSRF_FAILURE_VIEW, MIDDLEWARE_FIRST, STATICFILES_DIRS
    from desist.ui.settings import STORAGES, templates

    INSTALLED_APPS = ["desist.ui", "django_htmx", "csp", "django.contrib.staticfiles", ...]
    MIDDLEWARE = [*MIDDLEWARE_FIRST, "django.contrib.sessions.middleware.SessionMiddleware", ...]
    TEMPLATES = templates(Path(__file__).parent.parent / "programme/templates")

and the zone's urls take `from desist.ui.errors import handler400, handler403, handler404, handler500`.
"""

from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF, STRICT_DYNAMIC

#: outermost first: headers on every response, files included
MIDDLEWARE_FIRST = (
    "desist.ui.middleware.headers",
    "csp.middleware.CSPMiddleware",
    "desist.ui.static_files.StaticFiles",
)

#: the address of browsers' reports of what the policy stopped (ui/reports.py), and its name in the policy
REPORTS, ENDPOINT = "/account/policy-report/", "policy"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [NONCE, STRICT_DYNAMIC],
        "style-src": [SELF],
        "img-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "report-uri": [REPORTS],
        "report-to": [ENDPOINT],
    }
}

CSRF_FAILURE_VIEW = "desist.ui.errors.stale_form"

#: the fetched styles and scripts, named "vendor/..." in pages; our own are found as the app's static files
STATICFILES_DIRS = [("vendor", Path(__file__).parent / "vendor")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "desist.ui.storage.HashedStaticFiles"},
}


def templates(*folders: Path) -> list[dict[str, Any]]:
    """Django's TEMPLATES: the one engine, over a zone's own folders and ours."""
    return [
        {
            "BACKEND": "django.template.backends.jinja2.Jinja2",
            "DIRS": list(folders),
            "APP_DIRS": False,
            "OPTIONS": {
                "environment": "desist.ui.jinja.environment",
                "context_processors": ["desist.ui.context.page"],
            },
        }
    ]
