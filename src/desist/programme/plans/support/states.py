"""Where a referral stands that the person said no to; what follows a referral itself is in desist/agencies/states.py."""

from django.db.models import TextChoices


class OverrideState(TextChoices):
    """TRANSITIONS says what may follow what."""

    WAITING = "waiting", "Waits for a second person"
    AGREED = "agreed", "Agreed"
    REFUSED = "refused", "Refused"
    TAKEN_BACK = "taken_back", "Taken back"


TRANSITIONS: dict[OverrideState, tuple[OverrideState, ...]] = {
    OverrideState.WAITING: (OverrideState.AGREED, OverrideState.REFUSED, OverrideState.TAKEN_BACK),
    OverrideState.AGREED: (),
    OverrideState.REFUSED: (),
    OverrideState.TAKEN_BACK: (),
}
