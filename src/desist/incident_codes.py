"""Codes about an incident, with words on the side of the advocacy service and of the police."""

from django.db.models import TextChoices


class Place(TextChoices):
    """The place of the incident, in words: no address."""

    HOME = "home", "At or near their home"
    WORK = "work", "At or near their work"
    SCHOOL = "school", "At or near their college"
    CHILDREN = "children", "At or near the children’s school"
    FAMILY = "family", "At the home of family or a friend"
    STREET = "street", "In the street, a shop or a park"
    TRANSPORT = "transport", "On the way: bus, train or car"
    ONLINE = "online", "Online or by telephone"
    OTHER = "other", "Somewhere else"


class Channel(TextChoices):
    """The channel of the incident."""

    IN_PERSON = "in_person", "In person"
    CALL = "call", "Call"
    TEXT = "text", "Text or chat message"
    EMAIL = "email", "E-mail"
    SOCIAL = "social", "Social media"
    LETTER = "letter", "Letter, gift or thing left behind"
    TRACKING = "tracking", "Tracking device or software"
    MONEY = "money", "Message with a bank transfer"
    OTHER = "other", "Another way"


class Through(TextChoices):
    """The person through whom the act was done."""

    THEMSELVES = "themselves", "The person themselves"
    SOMEBODY = "somebody", "Through someone else"
    FALSE_NAME = "false_name", "Under a false name or account"
    NOT_KNOWN = "not_known", "Not known"


class Mark(TextChoices):
    """Further marks of the incident."""

    THREAT = "threat", "A threat"
    IMAGES = "images", "Intimate images"
    CHILD = "child", "A child was there, or was used"
    ORDER = "order", "It may break an order"
    NEW_PARTNER = "new_partner", "A new partner or friend was targeted"


class Evidence(TextChoices):
    """The evidence that is kept."""

    MESSAGES = "messages", "The messages themselves"
    SCREENSHOTS = "screenshots", "Screenshots"
    VOICEMAIL = "voicemail", "Voicemail or a recording"
    THING = "thing", "The letter, gift or thing"
    PICTURES = "pictures", "Photographs or video"
    CAMERA = "camera", "Camera of a building or a door"
    NONE = "none", "Nothing"
