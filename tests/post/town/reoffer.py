"""Offer again everything that was ever sent to a site that was restored."""

import sys
from datetime import UTC, datetime

import django

django.setup()

from desist.post import commands  # noqa: E402 -- Django has to be set up first
from desist.wall import actors  # noqa: E402 -- as above

everything = datetime(2026, 1, 1, tzinfo=UTC)
commands.reoffer(actor=actors.console(), to=sys.argv[1], since=everything, at=datetime.now(UTC))
