"""A second slice that claims the kinds of envelope that the first handles."""

from tests.post import handling

HANDLERS = handling.HANDLERS
