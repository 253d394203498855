"""The coded lists of applications."""

from django.db.models import TextChoices

from desist.orders import consents


class Kind(TextChoices):
    """What is asked of the court."""

    VARY = "vary", "Vary the order"
    RENEW = "renew", "Renew the order"
    DISCHARGE = "discharge", "Discharge the order"
    APPEAL = "appeal", "Appeal to the Crown Court"


class Side(TextChoices):
    """Who asks."""

    POLICE = consents.Side.POLICE.value, "A chief officer of police"
    DEFENDANT = consents.Side.DEFENDANT.value, "The person subject to the order"


class Ground(TextChoices):
    """What an appeal is against (section 7)."""

    MAKING = "making", "The making of the order (by the person)"
    CHANGE_FOR_POLICE = "change_for_police", "A change made on a chief officer’s application (by the person)"
    REFUSED_TO_PERSON = "refused_to_person", "The refusal of a change the person applied for"
    REFUSED_TO_POLICE = "refused_to_police", "The refusal of the order, or of a change, to a chief officer"
    CHANGE_FOR_PERSON = "change_for_person", "A change made on the person’s application (by a chief officer)"


class Outcome(TextChoices):
    """What the court decided."""

    GRANTED = "granted", "Granted, or the appeal allowed"
    REFUSED = "refused", "Refused, or the appeal dismissed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class Consent(TextChoices):
    """Whose consent to a discharge was given to the court."""

    DEFENDANT = consents.Consent.DEFENDANT.value, "The person subject to the order"
    APPLICANT = consents.Consent.APPLICANT.value, "The chief officer who applied for the discharge"
    ORIGINAL = consents.Consent.ORIGINAL.value, "The chief officer who applied for the order"
    RESIDENCE = consents.Consent.RESIDENCE.value, "The chief officer of the area where the person lives"
