"""Who may do what with people on the programme, and to which rows."""

from desist.programme.policy import CLINICAL
from desist.programme.scopes import own_people
from desist.wall.policy import BaseAction, Rule


class Action(BaseAction):
    """What can be done with people on the programme."""

    SEE_EPISODES = "programme.see_episodes"
    SEE_EPISODE = "programme.see_episode"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_EPISODES: Rule(CLINICAL, own_people("")),
    Action.SEE_EPISODE: Rule(CLINICAL, own_people("")),
}
ROUTES: dict[str, BaseAction] = {
    "episodes:episodes": Action.SEE_EPISODES,
    "episodes:episode": Action.SEE_EPISODE,
}
WITHOUT_WRITING = frozenset({"episodes:episodes", "episodes:episode"})
