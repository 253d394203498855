"""What is asked about a published table."""

from desist.commission.force_tables.reading import HINT
from desist.commission.force_tables.states import Counts
from desist.ui import fields
from desist.ui.forms import Form
from desist.ui.words import Audience

LONG = 20_000


class ForceTable(Form):
    """One published table."""

    counts = fields.Choice(label="What does it count?", choices=Counts.choices)
    source = fields.Text(
        label="Who published it, and where?",
        hint="For example: Home Office, police recorded crime open data, January 2026",
        max_length=200,
        audience=Audience.STAYS,
    )
    table = fields.LongText(label="The table", hint=HINT, max_length=LONG, rows=12, audience=Audience.STAYS)
