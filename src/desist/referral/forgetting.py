"""The history of a draft forgets what the draft said once it is discarded.

Row history can only be read by a site's own login. The triggers that write it run with the owner's rights, and so does
this one: it takes away the versions of one draft, in the very change that empties the draft.
"""

import pgtrigger


def forgets(*, events: str, when: pgtrigger.Q, drafts: str) -> pgtrigger.Trigger:
    """Empties the table `events` of a row's versions of which `drafts` holds, once the row changes as `when` says."""
    return pgtrigger.Trigger(
        name="forgets_a_draft",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=when,
        func=f"DELETE FROM {events} WHERE pgh_obj_id = NEW.id AND {drafts}; RETURN NULL;",  # noqa: S608 -- both are our own words
    )
