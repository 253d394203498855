"""Sessions and assessments share one calendar: a room, a member of staff and a person are in one of them at a time.

Within a table, an exclusion constraint keeps apart rooms, persons and the practitioners who hold the meetings. Across
the two tables, and for the second member of staff, this trigger does so, in the same words. A booking waits for any
other booking of the same room or staff, and a person's two meetings never overlap.
"""

import pgtrigger

#: a save of a record sets none of these, and costs nothing
WHEN = pgtrigger.UpdateOf("room_id", "practitioner_id", "second_id", "period", "state")  # type: ignore[no-untyped-call]  # pgtrigger leaves it untyped
BOOKED = "the room, a member of staff or the person has another meeting then"
#: a booking waits for other bookings of the same staff (the lower key first) or of the same room
LOCKS = """IF LEAST(NEW.practitioner_id, NEW.second_id) IS NOT NULL THEN
                    PERFORM pg_advisory_xact_lock(
                        hashtextextended('programme_practitioner', LEAST(NEW.practitioner_id, NEW.second_id))
                    );
                    PERFORM pg_advisory_xact_lock(
                        hashtextextended('programme_practitioner', GREATEST(NEW.practitioner_id, NEW.second_id))
                    );
                END IF;
                IF NEW.room_id IS NOT NULL THEN
                    PERFORM pg_advisory_xact_lock(hashtextextended('programme_room', NEW.room_id));
                END IF;"""


def apart(*, own: str, other: str, holding: str, own_holding: str, other_holding: str) -> pgtrigger.Trigger:
    """Refuse a row of the table `own` whose time overlaps a row of either table, by room, member of staff or person.

    `holding` says whether a new row holds its time, `own_holding` the same of a row `s` of its table, and
    `other_holding` of a row `o` of the other table. The trigger leaves the same person's rows of its own table to the
    constraint, which looks when a statement ends: one statement can move many sessions past each other. Each look names
    the index that answers it (OFFSET 0 keeps the planner from another one), so that it costs the same in a large table.
    """
    return pgtrigger.Trigger(
        name="one_meeting_at_a_time",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | WHEN,
        func=f"""
            IF {holding} THEN
                {LOCKS}
                IF EXISTS (
                    SELECT FROM {other} o
                    WHERE (
                        o.room_id = NEW.room_id
                        OR o.practitioner_id IN (NEW.practitioner_id, NEW.second_id)
                        OR o.second_id IN (NEW.practitioner_id, NEW.second_id)
                        OR o.episode_id = NEW.episode_id
                    )
                    AND o.period && NEW.period AND {other_holding}
                ) OR (NEW.second_id IS NOT NULL AND EXISTS (
                    SELECT FROM {own} s
                    WHERE s.practitioner_id = NEW.second_id
                    AND s.episode_id <> NEW.episode_id AND s.period && NEW.period AND {own_holding}
                )) OR EXISTS (
                    SELECT FROM (
                        SELECT * FROM {own} WHERE second_id IN (NEW.practitioner_id, NEW.second_id) OFFSET 0
                    ) s
                    WHERE s.episode_id <> NEW.episode_id AND s.period && NEW.period AND {own_holding}
                ) THEN
                    RAISE EXCEPTION '{BOOKED}' USING ERRCODE = 'exclusion_violation';
                END IF;
            END IF;
            RETURN NEW;
        """,  # noqa: S608 -- the tables are ours
    )
