"""A caseload that moves in: the tables while they are checked and brought in, and the people that they became."""

import pgtrigger
from django.db import models
from django.db.models import Q

from desist.facts import AREA, REF, SUBMISSION, Retention
from desist.programme.moving_in.states import State
from desist.programme.referrals.models import Referral
from desist.references import reference

#: table -> the column that leads to a person's episode or referral; in the order in which rows can go
HANGING = (
    ("programme_move", "session_id IN (SELECT id FROM programme_session WHERE episode_id = ANY(episodes))"),
    ("programme_session", "episode_id = ANY(episodes)"),
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
        *(f"DELETE FROM {name}event WHERE {which}; " for name, which in HANGING),  # noqa: S608 -- our own names
        *(f"DELETE FROM {name} WHERE {which};" for name, which in HANGING),  # noqa: S608 -- our own names
        "DELETE FROM programme_movedperson WHERE move_id = NEW.id;",
        "DELETE FROM programme_happening WHERE referral_id = ANY(people);",
        "DELETE FROM programme_referralevent WHERE pgh_obj_id = ANY(people);",
        "DELETE FROM programme_referral WHERE id = ANY(people);",
        "SET CONSTRAINTS ALL IMMEDIATE;",
        "RETURN NULL;",
    )
)


class MoveIn(models.Model):
    """One import of people with their sessions, measures, goals and contacts, whole or not at all."""

    retention_class = Retention.CASE
    ref = models.CharField(max_length=12, unique=True, default=reference, db_comment=REF)
    area = models.CharField(max_length=40, db_comment=AREA)
    state = models.CharField(
        max_length=20, choices=State.choices, default=State.CHECKING, db_comment="How far it has come, coded"
    )
    tables = models.BinaryField(
        db_comment="The files, locked with the site's key; empty once they are brought in or dropped"
    )
    problems = models.BinaryField(
        default=b"", db_comment="Every problem by table, row and column, locked with the site's key"
    )
    total = models.PositiveIntegerField(default=0, db_comment="Number of people in the tables")
    done = models.PositiveIntegerField(default=0, db_comment="Number of people read or brought in so far")
    counts = models.JSONField(default=dict, db_comment="Table -> number of rows that were brought in")
    submission = models.CharField(max_length=64, unique=True, db_comment=SUBMISSION)
    started_by = models.CharField(max_length=40, db_comment="Account that sent the tables")
    started_at = models.DateTimeField(db_comment="When the tables were sent")
    brought_by = models.CharField(max_length=40, blank=True, db_comment="Account that had them brought in")
    brought_at = models.DateTimeField(null=True, db_comment="When they were brought in")
    ended_by = models.CharField(
        max_length=40, blank=True, db_comment="Account that took it back or dropped it"
    )
    ended_at = models.DateTimeField(null=True, db_comment="When it was taken back or dropped")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area"],
                condition=Q(state__in=["checking", "bringing"]),
                name="one_caseload_moves_in_at_a_time",
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="takes_back",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__state="brought", new__state="taken_back"),
                declare=[("people", "bigint[]"), ("episodes", "bigint[]")],
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
