"""The coded lists of breaches."""

from django.db.models import TextChoices


class Source(TextChoices):
    """How the police learned of the breach."""

    PROTECTED = "protected", "The protected person, or someone on their behalf"
    OFFICER = "officer", "An officer"
    PROGRAMME = "programme", "The programme’s attendance certificate"
    PARTNER = "partner", "A partner agency"
    PUBLIC = "public", "A member of the public"
    MONITORING = "monitoring", "Device checks or monitoring"


class Step(TextChoices):
    """What happened to the person after a breach, each on its day. BAIL names the two kinds of bail."""

    ARRESTED = "arrested", "Arrested"
    BAILED = "bailed", "Released on bail"
    CHARGED = "charged", "Charged"
    HEARING = "hearing", "Hearing at court"
    OUTCOME = "outcome", "Outcome of the case"
    SENTENCED = "sentenced", "Sentenced"
    NO_ACTION = "no_action", "No further action"
    RELEASED = "released", "Released from custody"


class Offence(TextChoices):
    """The offence charged."""

    BREACH = "breach", "Breach of the order (section 8)"
    STALKING = "stalking", "Stalking (section 2A)"
    FEAR = "fear", "Stalking with fear of violence, serious alarm or distress (section 4A)"
    OTHER = "other_offence", "Another offence"


class Finding(TextChoices):
    """How the case was decided."""

    PLEADED = "pleaded", "Pleaded guilty"
    FOUND = "found", "Found guilty"
    NOT_GUILTY = "not_guilty", "Found not guilty"
    DROPPED = "dropped", "Charge dropped"


#: the findings after which a sentence is to come
GUILTY = (Finding.PLEADED, Finding.FOUND)


class Sentence(TextChoices):
    """The sentence of the court."""

    CUSTODY = "custody", "Prison"
    SUSPENDED = "suspended", "Suspended prison sentence"
    COMMUNITY = "community", "Community order"
    FINE = "fine", "Fine"
    DISCHARGE = "discharge", "Discharge"
    OTHER = "other_sentence", "Another sentence"


#: step -> what it says besides its day
DETAILS = {Step.CHARGED: Offence, Step.OUTCOME: Finding, Step.SENTENCED: Sentence}
#: with conditions or without -> what it is called
BAIL = {True: "Released on bail, with conditions", False: "Released on bail, without conditions"}


class Decision(TextChoices):
    """What the police decided."""

    ARREST = "arrest", "Arrest"
    CHARGE = "charge", "Charge or summons"
    INVESTIGATE = "investigate", "Investigation continues, with a named officer"
    WARNING = "warning", "Words of advice"
    EXCUSE = "excuse", "Reasonable excuse accepted"
    NO_BREACH = "no_breach", "No breach on inquiry"
    NO_ACTION = "no_action", "No further action"
