"""Where the first migration finds what makes pair tokens (`desist.partnership.tokens`)."""

from desist.partnership.tokens import token

__all__ = ["token"]
