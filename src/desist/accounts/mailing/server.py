"""The mail server as Django reaches it, by the certificate authority that the site names."""

import ssl
from functools import cached_property

from django.conf import settings
from django.core.mail.backends import smtp


class EmailBackend(smtp.EmailBackend):
    """Django's own, which trusts the authority of DESIST_EMAIL_CA_FILE alone where that is set."""

    @cached_property
    def ssl_context(self) -> ssl.SSLContext:
        """The authorities of this machine, or the one named."""
        return ssl.create_default_context(cafile=settings.DESIST_EMAIL_CA_FILE or None)
