"""A national register's worth of episodes has its annex in seconds."""

import time

import pytest
from tests.evaluation.study.made_up import CUT, made_up

from desist.evaluation.study import annex
from desist.evaluation.study.files import read_study
from desist.evaluation.study.plan import StudyPlan

PEOPLE = 100_000
#: Processor seconds, so that other work on the machine does not count.
LIMIT = 10


@pytest.mark.slow
def test_a_hundred_thousand_episodes_take_less_than_ten_seconds() -> None:
    study = made_up(people=PEOPLE)
    began = time.process_time()

    files = annex.write(
        data=read_study(episodes=study.episodes, events=study.events, gaps=study.gaps),
        plan=StudyPlan(data_cut=CUT, as_of=CUT),
    )

    assert time.process_time() - began < LIMIT
    assert "annex.html" in files
