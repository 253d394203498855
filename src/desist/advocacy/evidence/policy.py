"""Who may do what with files of a client, and to which rows."""

from desist.advocacy.policy import SUPPORT, THE_CLOCK
from desist.advocacy.scopes import own_people
from desist.wall.policy import BaseAction, Rule, everything


class Action(BaseAction):
    """What can be done with files of a client."""

    SEE_FILES = "advocacy.see_files"
    BEGIN_FILE = "advocacy.begin_file"
    SEE_FILE = "advocacy.see_file"
    SEND_PIECE = "advocacy.send_piece"
    CHOOSE_OF_FILE = "advocacy.choose_of_file"
    SAVE_FILE = "advocacy.save_file"
    PLAY_FILE = "advocacy.play_file"
    WRITE_TRANSCRIPT = "advocacy.write_transcript"
    DROP_FILE = "advocacy.drop_file"
    WORK_ON_FILE = "advocacy.work_on_file"


RULES: dict[BaseAction, Rule] = {
    Action.SEE_FILES: Rule(SUPPORT, own_people()),
    Action.BEGIN_FILE: Rule(SUPPORT, own_people()),
    Action.SEE_FILE: Rule(SUPPORT, own_people("victim__")),
    Action.SEND_PIECE: Rule(SUPPORT, own_people("victim__")),
    Action.CHOOSE_OF_FILE: Rule(SUPPORT, own_people("victim__")),
    Action.SAVE_FILE: Rule(SUPPORT, own_people("victim__")),
    Action.PLAY_FILE: Rule(SUPPORT, own_people("victim__")),
    Action.WRITE_TRANSCRIPT: Rule(SUPPORT, own_people("victim__")),
    Action.DROP_FILE: Rule(SUPPORT, own_people("victim__")),
    Action.WORK_ON_FILE: Rule(THE_CLOCK, everything),
}
ROUTES: dict[str, BaseAction] = {
    "evidence:files": Action.SEE_FILES,
    "evidence:begin": Action.BEGIN_FILE,
    "evidence:file": Action.SEE_FILE,
    "evidence:piece": Action.SEND_PIECE,
    "evidence:choose": Action.CHOOSE_OF_FILE,
    "evidence:record": Action.SEE_FILE,
    "evidence:picture": Action.SEE_FILE,
    "evidence:save": Action.SAVE_FILE,
    "evidence:recording": Action.WRITE_TRANSCRIPT,
    "evidence:play": Action.PLAY_FILE,
    "evidence:drop": Action.DROP_FILE,
}
