"""The history of a draft forgets what the draft said once it is discarded.

Row history can only be read by a site's own login. The triggers that write it run with the owner's rights, and so does
this one: it takes away the versions of one draft, in the very change that empties the draft. What ever went further than a
draft keeps its history whatever becomes of the row: no login can forget it by making it look like a draft again.
"""

import pgtrigger


def forgets(*, events: str, when: pgtrigger.Q, drafts: str, further: str) -> pgtrigger.Trigger:
    """Empties the table `events` of a row's versions of which `drafts` holds, once the row changes as `when` says.

    Of a row that has a version of which `further` holds it takes nothing.
    """
    return pgtrigger.Trigger(
        name="forgets_a_draft",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=when,
        func=f"DELETE FROM {events} WHERE pgh_obj_id = NEW.id AND {drafts} AND NOT EXISTS "  # noqa: S608 -- all are our own words
        f"(SELECT FROM {events} WHERE pgh_obj_id = NEW.id AND {further}); RETURN NULL;",
    )
