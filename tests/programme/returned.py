"""What the questions of the returns find, as a manager asks them."""

import uuid
from datetime import datetime
from typing import Any

from tests.programme import factories

from desist.programme.service.returns import queries
from desist.programme.service.returns.facts import Period
from desist.programme.service.returns.policy import Action
from desist.wall import gate
from desist.wall.actors import Actor, Role
from desist.wall.statements import Question


def answer(question: Question, period: Period, *, at: datetime = factories.NOW) -> list[tuple[Any, ...]]:
    """Return the rows of a period that a question finds."""
    manager = Actor(who="carol", role=Role.MANAGER, area=factories.AREA, correlation=uuid.uuid4())
    return gate.within(manager, Action.SEE_RETURNS, question, **queries.bounds(period, at))
