"""Offer everything again that was ever sent to a site that was restored."""

import sys
from datetime import UTC, datetime

import django

django.setup()

from desist.post import outbox  # noqa: E402 -- Django has to be set up first

outbox.reoffer(to=sys.argv[1], since=datetime(2026, 1, 1, tzinfo=UTC))
