"""The coded parts of a contact."""

from django.db.models import TextChoices


class Party(TextChoices):
    """The other side of a contact. Never a victim: no practitioner here works with one, or keeps anything about one."""

    PERSON = "person", "The person"
    RELATIVE = "relative", "A relative or friend of the person"
    POLICE = "police", "Police"
    PROBATION = "probation", "Probation"
    COURT = "court", "A court or a solicitor"
    HEALTH = "health", "Health care"
    SOCIAL_CARE = "social_care", "Social care"
    AGENCY = "agency", "A partner agency"
    OTHER = "other", "Someone else"


class Way(TextChoices):
    """The way of the contact."""

    TELEPHONE = "telephone", "Telephone"
    VIDEO = "video", "Video call"
    IN_PERSON = "in_person", "In person"
    LETTER = "letter", "Letter"
    EMAIL = "email", "E-mail"
    MESSAGE = "message", "Text message"
    MEETING = "meeting", "A meeting of several agencies"


class Begun(TextChoices):
    """Which side began the contact."""

    US = "us", "We contacted them"
    THEM = "them", "They contacted us"


class Purpose(TextChoices):
    """The purpose of the contact."""

    ARRANGING = "arranging", "Arranging or changing an appointment"
    MOTIVATION = "motivation", "Encouraging the person to take part"
    SUPPORT = "support", "Support between sessions"
    INFORMATION = "information", "Giving or asking for information"
    COMPLAINT = "complaint", "A complaint"
    OTHER = "other", "Something else"


class Outcome(TextChoices):
    """The outcome of the contact."""

    SPOKE = "spoke", "Spoke to them, or they answered"
    LEFT_WORD = "left_word", "Left a message, or wrote and had no answer yet"
    NO_ANSWER = "no_answer", "No answer"
