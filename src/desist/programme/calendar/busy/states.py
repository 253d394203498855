"""Why a person cannot come at a time, and on which days."""

from django.db.models import TextChoices


class Kind(TextChoices):
    """What takes the time, in broad terms. The service does not ask which work or which faith."""

    WORK = "work", "Work"
    EDUCATION = "education", "Education or training"
    WORSHIP = "worship", "Religious observance"
    CARING = "caring", "Caring for someone"
    TREATMENT = "treatment", "Treatment or an appointment with another agency"
    REPORTING = "reporting", "Reporting to the police, probation or a court"
    OTHER = "other", "Something else"


class Weekday(TextChoices):
    """The days of the week, as Python counts them."""

    MONDAY = "0", "Monday"
    TUESDAY = "1", "Tuesday"
    WEDNESDAY = "2", "Wednesday"
    THURSDAY = "3", "Thursday"
    FRIDAY = "4", "Friday"
    SATURDAY = "5", "Saturday"
    SUNDAY = "6", "Sunday"
