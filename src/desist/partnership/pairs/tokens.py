"""The name under which the first migration imports the maker of pair tokens (`desist.partnership.tokens`)."""

from desist.partnership.tokens import token

__all__ = ["token"]
