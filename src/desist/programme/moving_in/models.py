"""A caseload that moves in: the tables while they are checked and brought in, and the people that they became."""

import pgtrigger
from django.db import models

from desist.facts import Retention
from desist.moving_in.models import ALONE, TAKEN_BACK, Moving
from desist.programme.referrals.models import Referral

#: table -> the column that leads to a person's episode or referral; in the order in which rows can go
HANGING = (
    ("programme_chainlink", "chain_id = ANY(chains)"),
    ("programme_chain", "session_id = ANY(sessions)"),
    ("programme_diaryday", "episode_id = ANY(episodes)"),
    ("programme_diarytarget", "episode_id = ANY(episodes)"),
    ("programme_acutefactor", "episode_id = ANY(episodes)"),
    ("programme_typology", "episode_id = ANY(episodes)"),
    ("programme_readiness", "episode_id = ANY(episodes)"),
    ("programme_move", "session_id = ANY(sessions)"),
    ("programme_session", "episode_id = ANY(episodes)"),
    (
        "programme_copingline",
        "plan_id IN (SELECT id FROM programme_copingplan WHERE episode_id = ANY(episodes))",
    ),
    ("programme_copingplan", "episode_id = ANY(episodes)"),
    ("programme_riskrating", "episode_id = ANY(episodes)"),
    ("programme_circumstance", "episode_id = ANY(episodes)"),
    ("programme_relative", "episode_id = ANY(episodes)"),
    ("programme_measure", "episode_id = ANY(episodes)"),
    ("programme_goal", "episode_id = ANY(episodes)"),
    ("programme_allocation", "episode_id = ANY(episodes)"),
    ("programme_contact", "referral_id = ANY(people)"),
    ("programme_episode", "referral_id = ANY(people)"),
)
#: Deletes the people of an import with every version of their rows, with the rights of the owner: no login can do this
#: but by the change of an import that `commands.take_back` allows. A row of another table that names one of them stops it.
TAKES_BACK = " ".join(
    (
        "SELECT array_agg(referral_id) INTO people FROM programme_movedperson WHERE move_id = NEW.id;",
        "SELECT array_agg(id) INTO episodes FROM programme_episode WHERE referral_id = ANY(people);",
        "SELECT array_agg(id) INTO sessions FROM programme_session WHERE episode_id = ANY(episodes);",
        "SELECT array_agg(id) INTO chains FROM programme_chain WHERE session_id = ANY(sessions);",
        "DELETE FROM programme_document WHERE episode_id = ANY(episodes);",
        "DELETE FROM programme_selfharm WHERE episode_id = ANY(episodes);",
        *(f"DELETE FROM {name}event WHERE {which}; " for name, which in HANGING),  # noqa: S608 -- our own names
        *(f"DELETE FROM {name} WHERE {which};" for name, which in HANGING),  # noqa: S608 -- our own names
        "DELETE FROM programme_chainlinkevent WHERE chain_id = ANY(chains);",  # that a link was deleted is one too
        "DELETE FROM programme_movedperson WHERE move_id = NEW.id;",
        "DELETE FROM programme_happening WHERE referral_id = ANY(people);",
        "DELETE FROM programme_referralevent WHERE pgh_obj_id = ANY(people);",
        "DELETE FROM programme_referral WHERE id = ANY(people);",
        "SET CONSTRAINTS ALL IMMEDIATE;",
        "RETURN NULL;",
    )
)


class MoveIn(Moving):
    """One import of people with their sessions, chains, diary, measures, goals, contacts and documents."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area"],
                condition=ALONE,
                name="one_caseload_moves_in_at_a_time",
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="takes_back",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(**TAKEN_BACK),
                declare=[(name, "bigint[]") for name in ("people", "episodes", "sessions", "chains")],
                func=TAKES_BACK,
            )
        ]


class MovedPerson(models.Model):
    """One person of an import, by the key that the service had for them before."""

    retention_class = Retention.CASE
    move = models.ForeignKey(
        MoveIn, on_delete=models.PROTECT, related_name="people", db_comment="Import that they came with"
    )
    referral = models.OneToOneField(
        Referral, on_delete=models.PROTECT, related_name="moved_in", db_comment="Referral that they became"
    )
    key = models.CharField(max_length=40, db_comment="The service's own number of the person before")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["move", "key"], name="a_key_moves_in_once")]
