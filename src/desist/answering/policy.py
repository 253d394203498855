"""The page for agencies answers without sign-in; what is said by it is a rule of the zone that refers."""

from desist.wall.policy import BaseAction, Rule

RULES: dict[BaseAction, Rule] = {}
OPEN: frozenset[str] = frozenset({"answers:start", "answers:link", "answers:say"})
