"""The skills that sessions teach and links name, in our own words: a name and two sentences each.

DBT-informed, never "a DBT programme": the texts quote no handout. Each module has its support. The curriculum follows
what is published (docs/howto/run-a-session.md names the sources).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db.models import TextChoices


class Module(TextChoices):
    """The areas that skills help with, in the order in which the programme comes to them."""

    NOTICING = "noticing", "Noticing"
    GETTING_THROUGH = "getting_through", "Getting through a crisis"
    FEELINGS = "feelings", "Feelings"
    THINKING = "thinking", "Thinking"
    OTHERS = "others", "Other people"


@dataclass(frozen=True)
class Skill:
    """One skill. `words` are two sentences that the practitioner can read out."""

    key: str
    module: Module
    name: str
    words: str


SKILLS: tuple[Skill, ...] = (
    Skill(
        "notice",
        Module.NOTICING,
        "Notice and name",
        "Take a breath and say in plain words what is there: a thought, a feeling, an urge. "
        "Once it has a name, it is something you have, not something you are.",
    ),
    Skill(
        "one-thing",
        Module.NOTICING,
        "One thing at a time",
        "Do one thing with all of your attention, and when your mind goes back to the other person, bring it back. "
        "Bringing it back is the exercise; it does not matter how often.",
    ),
    Skill(
        "wise-mind",
        Module.NOTICING,
        "Wise mind",
        "Ask what your feelings want and what your head knows, and wait for an answer that fits both. "
        "Decide nothing while only one of the two is talking.",
    ),
    Skill(
        "rumination",
        Module.NOTICING,
        "Leave the loop",
        "Spot the loop by its first question, such as “why did they”, and say “loop”. "
        "Then move, or go to another room, before you think any further.",
    ),
    Skill(
        "ride",
        Module.GETTING_THROUGH,
        "Ride the urge",
        "An urge rises, peaks and falls like a wave, usually within half an hour. "
        "Watch it, rate it from 0 to 5 every few minutes, and do nothing that it tells you to.",
    ),
    Skill(
        "step-back",
        Module.GETTING_THROUGH,
        "Stop and step back",
        "Freeze, put the phone down or stop the car, and take one step away from it. "
        "Look at what is going on and only then choose what to do.",
    ),
    Skill(
        "cold-breath",
        Module.GETTING_THROUGH,
        "Cold water, slow breath",
        "Hold your face in cold water for some seconds, or breathe out for longer than you breathe in. "
        "The body calms first and the mind follows; ask a doctor first if you have a heart condition.",
    ),
    Skill(
        "pros-cons",
        Module.GETTING_THROUGH,
        "For and against",
        "Write what acting on the urge gives and costs, today and in a year, and the same for not acting. "
        "Keep the list where you will see it when the urge is strong.",
    ),
    Skill(
        "distance",
        Module.GETTING_THROUGH,
        "Out of reach",
        "Put time and effort between you and the act: numbers deleted, accounts closed, another way home. "
        "Do it on a good day, for the bad one.",
    ),
    Skill(
        "accept",
        Module.GETTING_THROUGH,
        "Accept what is",
        "Say what has happened as it is, without “should”: it is over, they decided, I do not like it. "
        "Accepting is not agreeing; it ends the fight with what cannot be changed.",
    ),
    Skill(
        "name-feeling",
        Module.FEELINGS,
        "What the feeling is for",
        "Name the feeling and what it tries to do for you: anger defends, shame hides, jealousy guards. "
        "Then ask whether the facts call for that today.",
    ),
    Skill(
        "opposite",
        Module.FEELINGS,
        "Act opposite",
        "When a feeling does not fit the facts, or acting on it makes things worse, do the opposite of what it wants. "
        "Do it all the way, with your face and posture too.",
    ),
    Skill(
        "look-after",
        Module.FEELINGS,
        "Look after the body",
        "Enough sleep, food and exercise, treatment for illness, little alcohol and no drugs make feelings easier to manage. "
        "Start with the weakest.",
    ),
    Skill(
        "build",
        Module.FEELINGS,
        "Build good days",
        "Plan one thing a day that is yours and has nothing to do with the other person. "
        "The more there is in your life, the less room there is for the fixation.",
    ),
    Skill(
        "facts",
        Module.THINKING,
        "Check the facts",
        "Write what a camera would have seen, and next to it what you made of it. "
        "Find two other things it could mean.",
    ),
    Skill(
        "entitled",
        Module.THINKING,
        "Nobody owes me this",
        "Look for “they owe me”, “I have a right to know” and “just once more” in your thoughts. "
        "Next to each, write what the other person is entitled to.",
    ),
    Skill(
        "no-means",
        Module.THINKING,
        "No is an answer",
        "Silence, a block and a no all say the same: no contact. "
        "There is no hidden message to find, and looking for one is part of the problem.",
    ),
    Skill(
        "story",
        Module.THINKING,
        "The ending I can live with",
        "Write the end of the story without a reply, an apology or a meeting. "
        "Read it when you want closure from someone else.",
    ),
    Skill(
        "boundaries",
        Module.OTHERS,
        "My side, their side",
        "Draw a line: on one side what is mine to decide, on the other what is theirs. "
        "Who they see, where they live and whether they answer is on their side.",
    ),
    Skill(
        "ask",
        Module.OTHERS,
        "Ask for what I need",
        "Say to someone safe what happened, how you feel and what would help, in three sentences. "
        "Take a no as an answer.",
    ),
    Skill(
        "listen",
        Module.OTHERS,
        "Listen first",
        "Let the other person finish, and say back what you heard before you answer. "
        "Check that you understood; you do not have to agree.",
    ),
    Skill(
        "call-someone",
        Module.OTHERS,
        "Call someone safe",
        "Choose two people or a helpline to call when an urge is strong, never the other person or anyone near them. "
        "Tell them now that you may call, and what helps.",
    ),
)
BY_KEY: Mapping[str, Skill] = MappingProxyType({skill.key: skill for skill in SKILLS})
#: for a field that chooses one: no groups, in the order of the programme
CHOICES = tuple((skill.key, skill.name) for skill in SKILLS)


def by_module() -> tuple[tuple[Module, tuple[Skill, ...]], ...]:
    """Return the skills as a page lists them."""
    return tuple((module, tuple(skill for skill in SKILLS if skill.module == module)) for module in Module)


def name(key: str) -> str:
    """Return a skill's name; for a key that has left the catalogue, the key."""
    return BY_KEY[key].name if key in BY_KEY else key
