"""The codes of a training record: what an entry is, the usual courses, the steps of the induction, and competence."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What an entry of the record says."""

    COURSE = "course", "Course"
    INDUCTION = "induction", "Induction step"
    COMPETENCE = "competence", "Competence"


class Course(TextChoices):
    """The usual courses. Another one is named in words."""

    MODEL = "model", "The intervention and its sessions"
    STALKING = "stalking", "Stalking: behaviour, law and risk"
    RISK_TOOL = "risk_tool", "The risk tool that this service uses"
    ADULTS = "adults", "Safeguarding adults"
    CHILDREN = "children", "Safeguarding children"
    SUICIDE = "suicide", "Suicide and self-harm"
    ABUSE = "abuse", "Domestic abuse"
    SAFETY = "safety", "Personal safety and working alone"
    DATA = "data", "Data protection and confidentiality"
    EQUALITY = "equality", "Equality and neurodiversity"
    OTHER = "other", "Another course"


class Step(TextChoices):
    """The steps before a practitioner works with people alone."""

    LIMITS = "limits", "Knows what may be said to whom, and what is never raised with the person"
    NOTICE = "notice", "Has gone through the information notice as it is given to people"
    CONCERN = "concern", "Has practised raising a concern and ringing the duty number"
    SAFETY = "safety", "Knows the rooms, the alarm and the rules for working alone"
    WATCHED = "watched", "Has sat in on sessions of a colleague"
    TOGETHER = "together", "Has held a session with a colleague beside them"
    CHAIN = "chain", "Has drawn a chain and talked it through with the supervisor"
    SUPERVISED = "supervised", "Has had a first supervision"


class Level(TextChoices):
    """How far a practitioner is with a module, as the supervisor judges it."""

    NOT_YET = "not_yet", "Not yet"
    SUPPORTED = "supported", "With support"
    ALONE = "alone", "Without support"
    TEACHES = "teaches", "Teaches colleagues"


class Show(TextChoices):
    """What the table of the team can be narrowed to."""

    REFRESHER = "refresher", "Refresher due or overdue"
    INDUCTION = "induction", "Induction not finished"
    COMPETENCE = "competence", "A module not judged, or not yet competent"
