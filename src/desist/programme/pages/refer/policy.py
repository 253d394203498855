"""The pages for referrers without an account answer without sign-in; what is sent is a rule of `programme.outside`."""

from desist.wall.policy import BaseAction, Rule

RULES: dict[BaseAction, Rule] = {}
OPEN: frozenset[str] = frozenset({"refer:services", "refer:person", "refer:myself"})
