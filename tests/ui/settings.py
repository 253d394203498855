"""The smallest Django that serves the page furniture: no database, one urls module."""

from pathlib import Path

from desist.ui import settings as ui

SECRET_KEY = "for tests"
ALLOWED_HOSTS = ["*"]
INSTALLED_APPS = [
    "desist.ui",
    "django_htmx",
    "csp",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    *ui.MIDDLEWARE_FIRST,
    "django.contrib.sessions.middleware.SessionMiddleware",
    "desist.ui.csrf.CsrfMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tests.ui.views.at_a_fixed_moment",
]
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
TEMPLATES = ui.templates(Path(__file__).parent / "templates")
CONTENT_SECURITY_POLICY = ui.CONTENT_SECURITY_POLICY
CSRF_FAILURE_VIEW = ui.CSRF_FAILURE_VIEW
STATIC_URL = "/static/"
STATICFILES_DIRS = ui.STATICFILES_DIRS
WHITENOISE_USE_FINDERS = True
ROOT_URLCONF = "tests.ui.urls"
TIME_ZONE = "Europe/London"
USE_TZ = True
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = "no-reply@example.org"
DESIST_ZONE = "programme"
DESIST_SITE_NAME = "Northmere service"
DESIST_NAVIGATION = "tests.ui.views.navigation"
