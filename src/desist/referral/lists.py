"""The coded lists of a referral, beside those of desist.codes. SOURCES says where each comes from."""

from django.db.models import TextChoices


class Channel(TextChoices):
    """The channel by which the person reached or watched the victim."""

    IN_PERSON = "in_person", "In person"
    PHONE_CALL = "phone_call", "Telephone calls"
    TEXT_MESSAGE = "text_message", "Text messages"
    MESSAGING_APP = "messaging_app", "Messaging apps"
    EMAIL = "email", "E-mail"
    SOCIAL_MEDIA = "social_media", "Social media"
    LETTER_OR_GIFT = "letter_or_gift", "Letters, gifts or deliveries"
    AT_HOME_OR_WORK = "at_home_or_work", "Presence at a home, school or workplace"
    DEVICE = "device", "A device or an app that tracks or listens"
    COURT_OR_AGENCY = "court_or_agency", "Courts, complaints or false reports"


class Method(TextChoices):
    """The marks of the conduct beside its kind: through others, online, and aggravating facts."""

    THROUGH_OTHERS = "through_others", "Through other people (proxy stalking)"
    THROUGH_CHILDREN = "through_children", "Through contact with children"
    FALSE_ACCOUNT = "false_account", "False accounts or posing as someone else (cyber)"
    MONITORING_SOFTWARE = "monitoring_software", "Monitoring software or access to accounts (cyber)"
    TRACKER = "tracker", "Tracking device (cyber)"
    IMAGES = "images", "Threat to share, or sharing of, intimate images (cyber)"
    THREATS = "threats", "Threats"
    NONE = "none", "None of these"


class Offence(TextChoices):
    """The index offence and what was recorded with it, as kinds that can be counted."""

    STALKING = "stalking", "Stalking (s.2A)"
    STALKING_FEAR = "stalking_fear", "Stalking involving fear of violence, serious alarm or distress (s.4A)"
    HARASSMENT = "harassment", "Harassment (s.2)"
    HARASSMENT_FEAR = "harassment_fear", "Putting people in fear of violence (s.4)"
    CONTROLLING = "controlling", "Controlling or coercive behaviour"
    COMMUNICATIONS = "communications", "Malicious or threatening communications"
    IMAGES = "images", "Sharing or threatening to share intimate images"
    BREACH_STALKING_ORDER = "breach_stalking_order", "Breach of a Stalking Protection Order"
    BREACH_OTHER_ORDER = "breach_other_order", "Breach of another order"
    DAMAGE = "damage", "Criminal damage"
    BURGLARY = "burglary", "Burglary or trespass"
    ASSAULT = "assault", "Assault or other violence"
    SEXUAL = "sexual", "Sexual offence"
    COMPUTER_MISUSE = "computer_misuse", "Unauthorised access to a computer or account"
    OTHER = "other", "Another offence"
    NONE = "none", "No offence recorded"


class OrderKind(TextChoices):
    """Orders and conditions that bind the person now."""

    STALKING_PROTECTION = "stalking_protection", "Stalking Protection Order"
    INTERIM_STALKING_PROTECTION = "interim_stalking_protection", "Interim Stalking Protection Order"
    RESTRAINING = "restraining", "Restraining order"
    NON_MOLESTATION = "non_molestation", "Non-molestation order"
    OCCUPATION = "occupation", "Occupation order"
    DOMESTIC_ABUSE_PROTECTION = "domestic_abuse_protection", "Domestic abuse protection notice or order"
    INJUNCTION = "injunction", "Injunction (s.3, Protection from Harassment Act 1997)"
    SEXUAL_HARM = "sexual_harm", "Sexual harm prevention or sexual risk order"
    BAIL = "bail", "Bail conditions"
    LICENCE = "licence", "Licence conditions"
    OTHER = "other", "Another order"
    NONE = "none", "None"


class Need(TextChoices):
    """The arrangements that the person needs to take part."""

    INTERPRETER = "interpreter", "Interpreter"
    READING = "reading", "Help with reading or writing"
    AUTISM = "autism", "Autism"
    ADHD = "adhd", "Attention deficit hyperactivity disorder"
    LEARNING = "learning", "Learning disability or acquired brain injury"
    MENTAL_HEALTH = "mental_health", "Mental health need"
    SUBSTANCES = "substances", "Alcohol or drug need"
    HEARING = "hearing", "Hearing"
    SIGHT = "sight", "Sight"
    MOBILITY = "mobility", "Step-free access or mobility"
    FAITH_OR_WORK = "faith_or_work", "Times to avoid for faith, work or care"
    OTHER = "other", "Another need"
    NONE = "none", "None known"


class StaffRisk(TextChoices):
    """The risks that staff must know before they meet the person."""

    VIOLENCE = "violence", "Violence or threats to staff or the public"
    WEAPONS = "weapons", "Weapons"
    FIXATION_ON_STAFF = "fixation_on_staff", "Fixation on a professional, or vexatious complaints"
    SEXUAL = "sexual", "Sexual risk"
    SELF_HARM = "self_harm", "Self-harm or suicide"
    SUBSTANCES = "substances", "Risk when intoxicated"
    ANIMALS = "animals", "Animals at home"
    ALONE = "alone", "Do not see alone"
    OTHER = "other", "Another risk"
    NONE = "none", "None known"


class AtRisk(TextChoices):
    """Those at risk, by their kind and never by name."""

    VICTIM = "victim", "The victim"
    CLOSE = "close", "People close to the victim"
    CHILDREN = "children", "Children"
    LATER = "later", "A later partner of the person"
    STAFF = "staff", "Staff and professionals"
    PUBLIC = "public", "Other members of the public"
    SELF = "self", "The person themselves"
    NONE = "none", "Nobody as far as is known"


class Referrer(TextChoices):
    """The kind of referrer."""

    POLICE = "police", "Police"
    PROBATION = "probation", "Probation"
    COURT = "court", "Court"
    HEALTH = "health", "Health"
    SOCIAL_CARE = "social_care", "Social care"
    SELF = "self", "The person themselves"
    OTHER = "other", "Another agency"


class ContactBy(TextChoices):
    """How the person wants to be reached."""

    PHONE = "phone", "Telephone call"
    TEXT = "text", "Text message"
    EMAIL = "email", "E-mail"
    LETTER = "letter", "Letter"
    THROUGH_REFERRER = "through_referrer", "Only through the referrer"


class WithdrawReason(TextChoices):
    """The reason for withdrawing a referral."""

    NO_AGREEMENT = "no_agreement", "The person no longer agrees"
    PROCEEDINGS = "proceedings", "Proceedings changed"
    OTHER_SERVICE = "other_service", "Another service is better placed"
    MOVED = "moved", "The person moved to another area"
    CUSTODY = "custody", "The person is in custody or in hospital"
    DIED = "died", "The person died"
    DUPLICATE = "duplicate", "The person has already been referred"
    MISTAKE = "mistake", "Sent by mistake"


class AmendReason(TextChoices):
    """The reason for correcting a sent referral."""

    MISTAKE = "mistake", "A mistake in what was sent"
    NEW_FACT = "new_fact", "Something new is known"
    CHANGED = "changed", "Circumstances changed"
    ASKED = "asked", "The programme asked"


class DiscardReason(TextChoices):
    """The reason for discarding a draft of a referral."""

    MISTAKE = "mistake", "Started by mistake"
    DUPLICATE = "duplicate", "The person has already been referred"
    NOT_A_CASE = "not_a_case", "Not a case for the programme"
    OTHER = "other", "Another reason"


#: list -> where it comes from
SOURCES: dict[str, str] = {
    "Channel": "Ways of contact named in practice guidance; a third axis beside s.2A(3), this product's own grouping",
    "Method": "Cupach and Spitzberg's clusters of mediated, proxy and coercive conduct, in this product's own words",
    "Offence": "Protection from Harassment Act 1997, ss.2, 2A, 4, 4A; Stalking Protection Act 2019, s.8; Serious Crime "
    "Act 2015, s.76; included classifications as asked for by the stalking super-complaint, recommendation 7",
    "OrderKind": "Stalking Protection Act 2019; Sentencing Act 2020, Part 11; Family Law Act 1996, Part IV; Domestic "
    "Abuse Act 2021, Part 3; Sexual Offences Act 2003, Part 2",
    "Need": "Equality Act 2010, s.20 (reasonable adjustments)",
    "StaffRisk": "Health and Safety at Work etc. Act 1974, s.2; this product's own grouping",
    "AtRisk": "The summary of risk of serious harm that probation writes: who, when, what increases and what reduces it",
    "Referrer": "Routes published by commissioned services in England, 2018 to 2025",
    "ContactBy": "This product's own",
    "WithdrawReason": "This product's own, after reasons that public referral systems offer",
    "AmendReason": "This product's own",
    "DiscardReason": "This product's own",
}
