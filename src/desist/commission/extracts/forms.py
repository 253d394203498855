"""The plan of a study, settled before an outcome is shown."""

from desist.commission.extracts.states import HORIZONS, LAGS, Sources, TimeZero
from desist.ui import fields
from desist.ui.forms import Form


class Plan(Form):
    """From which day, to which day, and what counts."""

    time_zero = fields.Choice(label="From which day does time count?", choices=TimeZero.choices)
    horizon = fields.Choice(
        label="How long is each person followed?", choices=[(str(days), words) for days, words in HORIZONS]
    )
    sources = fields.Choice(
        label="What counts as further stalking?",
        hint="What only a victim reported is not in the extract.",
        choices=Sources.choices,
    )
    lag_days = fields.Choice(
        label="How late do the police and courts tell the service?",
        hint="Each person’s follow-up ends so many days before the data do.",
        choices=[(str(days), words) for days, words in LAGS],
    )
