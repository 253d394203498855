"""A second slice that claims what the first handles."""

from tests.post.handling import HANDLERS as HANDLERS
