"""The history of a draft loses the draft's words once the draft is discarded.

Row history can only be read by a site's own login. The triggers that write it run with the owner's rights, and so does
this one: it deletes the versions of one draft, in the change that empties the draft. A row that ever went further than
a draft keeps its history: no login can delete it by making the row look like a draft again.
"""

import pgtrigger


def forgets(*, events: str, when: pgtrigger.Q, drafts: str, further: str) -> pgtrigger.Trigger:
    """Delete a row's versions from the table `events` that satisfy `drafts`, once the row changes as `when` says.

    A row with any version that satisfies `further` keeps all of them.
    """
    return pgtrigger.Trigger(
        name="forgets_a_draft",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=when,
        func=f"DELETE FROM {events} WHERE pgh_obj_id = NEW.id AND {drafts} AND NOT EXISTS "  # noqa: S608 -- all are our own words
        f"(SELECT FROM {events} WHERE pgh_obj_id = NEW.id AND {further}); RETURN NULL;",
    )
