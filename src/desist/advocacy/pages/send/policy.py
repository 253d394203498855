"""The page for clients answers without sign-in; what is sent is a rule of `advocacy.submissions`."""

from desist.wall.policy import BaseAction, Rule

RULES: dict[BaseAction, Rule] = {}
OPEN: frozenset[str] = frozenset(
    {"send:start", "send:code", "send:files", "send:piece", "send:end", "send:away"}
)
