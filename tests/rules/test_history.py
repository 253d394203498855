"""A referral's history is whole: each model with a date that leads to one shows its line, or says why it does not."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import DateField, Model
from django.test.utils import CaptureQueriesContext
from tests import staff
from tests.programme import factories

from desist.programme.episodes.models import Episode
from desist.programme.pages.history.sources import SOURCES, UNTOLD
from desist.programme.referrals.models import Referral


def hanging() -> set[type[Model]]:
    """Return the zone's models that lead to a referral or an episode, by any number of steps."""
    own = {one for one in apps.get_app_config("programme").get_models() if not _is_event(one)}
    found: set[type[Model]] = {Referral, Episode}
    while more := {one for one in own - found if _parents(one) & found}:
        found |= more
    return found


def with_a_when(model: type[Model]) -> bool:
    return any(
        isinstance(field, DateField) for field in model._meta.concrete_fields
    )  # a moment is a DateField too


def unsaid(told: set[type[Model]], untold: set[type[Model]]) -> set[type[Model]]:
    return {one for one in hanging() if with_a_when(one)} - told - untold


def _parents(model: type[Model]) -> set[type[Model]]:
    return {
        field.related_model for field in model._meta.concrete_fields if isinstance(field.related_model, type)
    }


def _is_event(model: type[Model]) -> bool:
    return any(field.name == "pgh_id" for field in model._meta.concrete_fields)


TOLD = {model for models in SOURCES.values() for model in models}


def test_whatever_has_a_when_is_told_or_says_why_not() -> None:
    assert unsaid(TOLD, set(UNTOLD)) == set()


def test_a_table_that_nobody_thought_of_is_found() -> None:
    assert unsaid(TOLD - {Episode}, set(UNTOLD) - {Episode}) == {Episode}


def test_nothing_is_in_both_tables_or_in_one_for_nothing() -> None:
    assert not TOLD & set(UNTOLD)
    assert set(UNTOLD) <= {one for one in hanging() if with_a_when(one)}


@pytest.mark.django_db
def test_a_source_reads_the_tables_that_it_says_it_tells_of() -> None:
    practitioner = factories.practitioner(account=staff.account())
    episode = factories.episode(referral=factories.referral(), practitioner=practitioner)
    factories.session(episode=episode)
    factories.goal(episode=episode)

    for source, models in SOURCES.items():
        with CaptureQueriesContext(
            connection,
        ) as asked:
            list(source(Episode.objects.get(pk=episode.pk)))
        statements = " ".join(one["sql"] for one in asked.captured_queries)
        for model in models:
            assert f'"{model._meta.db_table}"' in statements, (
                f"{source.__name__} does not read {model.__name__}"
            )
