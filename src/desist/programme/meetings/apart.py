"""Sessions and assessments in one calendar: a room, a practitioner and a person in one of them at a time.

Within a table an exclusion constraint says it. Across the two this trigger does, in the same words: whoever books a
room or a practitioner waits for whoever is booking them, and a person's two meetings never overlap.
"""

import pgtrigger

#: a record that is saved sets none of these, and costs nothing
WHEN = pgtrigger.UpdateOf("room_id", "practitioner_id", "period", "state")  # type: ignore[no-untyped-call]  # pgtrigger leaves it untyped
BOOKED = "the room, the practitioner or the person has another meeting then"


def apart(*, other: str, holding: str, other_holding: str) -> pgtrigger.Trigger:
    """Refuses a row of this table whose time overlaps one of the table `other`, by room, practitioner or person.

    `holding` says of a new row, `other_holding` of a row `o` of the other table, whether it holds its time.
    """
    return pgtrigger.Trigger(
        name="one_meeting_at_a_time",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | WHEN,
        func=f"""
            IF {holding} THEN
                IF NEW.practitioner_id IS NOT NULL THEN
                    PERFORM pg_advisory_xact_lock(
                        hashtextextended('programme_practitioner', NEW.practitioner_id)
                    );
                END IF;
                IF NEW.room_id IS NOT NULL THEN
                    PERFORM pg_advisory_xact_lock(hashtextextended('programme_room', NEW.room_id));
                END IF;
                IF EXISTS (
                    SELECT FROM {other} o
                    WHERE (
                        o.room_id = NEW.room_id
                        OR o.practitioner_id = NEW.practitioner_id
                        OR o.episode_id = NEW.episode_id
                    )
                    AND o.period && NEW.period AND {other_holding}
                ) THEN
                    RAISE EXCEPTION '{BOOKED}' USING ERRCODE = 'exclusion_violation';
                END IF;
            END IF;
            RETURN NEW;
        """,
    )
