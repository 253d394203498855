"""Clients who move in from tables, and the rows that go with them when the import is taken back."""

import pgtrigger
from django.db import models

from desist.advocacy.victims.models import Victim
from desist.facts import Retention
from desist.moving_in.models import ALONE, TAKEN_BACK, Moving

#: tables of a client that an import fills and that keep versions; and those that keep none
VERSIONED = ("allocation", "consent", "locator", "arrangement", "safetime")
PLAIN = ("incident", "planversion")
#: Deletes the clients of an import with their keys, with the rights of the owner, as with people of the programme
TAKES_BACK = " ".join(
    (
        "SELECT array_agg(victim_id) INTO clients FROM advocacy_movedclient WHERE move_id = NEW.id;",
        *(
            f"DELETE FROM advocacy_{name} WHERE victim_id = ANY(clients);"  # noqa: S608 -- our own names
            for name in (*(f"{one}event" for one in VERSIONED), *VERSIONED, *PLAIN)
        ),
        "DELETE FROM advocacy_movedclient WHERE move_id = NEW.id;",
        "DELETE FROM advocacy_personkey WHERE person IN (SELECT ref FROM advocacy_victim WHERE id = ANY(clients));",
        "DELETE FROM advocacy_victimevent WHERE pgh_obj_id = ANY(clients);",
        "DELETE FROM advocacy_victim WHERE id = ANY(clients);",
        "SET CONSTRAINTS ALL IMMEDIATE;",
        "RETURN NULL;",
    )
)


class MoveIn(Moving):
    """One import of clients with what leads to them, how they are contacted safely, incidents and safety plans."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["area"], condition=ALONE, name="one_clientele_moves_in_at_a_time")
        ]
        triggers = [
            pgtrigger.Trigger(
                name="takes_back",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(**TAKEN_BACK),
                declare=[("clients", "bigint[]")],
                func=TAKES_BACK,
            )
        ]


class MovedClient(models.Model):
    """One client of an import, by the key that the service had for them before."""

    retention_class = Retention.CASE
    move = models.ForeignKey(
        MoveIn, on_delete=models.PROTECT, related_name="people", db_comment="Import that they came with"
    )
    victim = models.OneToOneField(
        Victim, on_delete=models.PROTECT, related_name="moved_in", db_comment="Client whom they became"
    )
    key = models.CharField(max_length=40, db_comment="The service's own number of the client before")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["move", "key"], name="a_key_of_a_client_moves_in_once")
        ]
