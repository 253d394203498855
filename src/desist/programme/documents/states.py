"""What a document is."""

from django.db.models import TextChoices

#: more than any person has; each has the size of an attachment at most
MOST = 60


class Kind(TextChoices):
    """The kind of paper, coded."""

    AGREEMENT = "agreement", "Signed agreement to take part"
    ORDER = "order", "Order, licence or direction of a court"
    RISK = "risk", "Risk assessment form"
    MEASURE = "measure", "Questionnaire on paper"
    REPORT = "report", "Report of another agency"
    LETTER = "letter", "Letter"
    OTHER = "other", "Something else"
