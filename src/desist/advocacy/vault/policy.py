"""Who may do what with the vault, and to which rows."""

from desist.advocacy.policy import MANAGERS, SUPPORT, THE_CLOCK
from desist.advocacy.scopes import colleagues_in_area, own_people
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with the vault."""

    SEE_LOCATORS = "advocacy.see_locators"
    KEEP_LOCATOR = "advocacy.keep_locator"
    END_LOCATOR = "advocacy.end_locator"
    REVEAL_LOCATOR = "advocacy.reveal_locator"
    SEARCH_LOCATORS = "advocacy.search_locators"
    ALLOW_MORE = "advocacy.allow_more"
    DESTROY_KEY = "advocacy.destroy_key"
    DESTROY_AGAIN = "advocacy.destroy_again"
    CHECK_FOR_POST = "advocacy.check_for_post"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_LOCATORS: Rule(SUPPORT, own_people()),
    Action.KEEP_LOCATOR: Rule(SUPPORT, own_people()),
    Action.END_LOCATOR: Rule(SUPPORT, own_people("victim__")),
    Action.REVEAL_LOCATOR: Rule(SUPPORT, own_people("victim__")),
    Action.SEARCH_LOCATORS: Rule(SUPPORT, own_people("victim__")),
    Action.ALLOW_MORE: Rule(MANAGERS, colleagues_in_area),
    Action.DESTROY_KEY: Rule(MANAGERS, own_people()),
    Action.DESTROY_AGAIN: Rule(THE_CLOCK, everything),
    Action.CHECK_FOR_POST: Rule(SUPPORT, own_people("victim__")),
}
ROUTES: dict[str, BaseAction] = {
    "vault:locators": Action.SEE_LOCATORS,
    "vault:keep": Action.KEEP_LOCATOR,
    "vault:reveal": Action.REVEAL_LOCATOR,
    "vault:end": Action.END_LOCATOR,
    "vault:allow": Action.ALLOW_MORE,
    "vault:destroy": Action.DESTROY_KEY,
    "vault:post": Action.CHECK_FOR_POST,
}
FRESH = frozenset({"vault:allow", "vault:destroy", "vault:reveal"})
