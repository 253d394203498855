"""A second slice that claims what the first handles."""

from tests.post import handling

HANDLERS = handling.HANDLERS
