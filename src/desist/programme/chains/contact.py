"""The words by which Desist recognises a repair that means contact with the victim; pure.

A repair is never contact with the victim. The table is small and errs towards refusing: a refused sentence costs a
rewording, a missed one may cost much more. It reads words, not meaning. docs/howto/run-a-session.md says what it can
and cannot catch.
"""

import re
import unicodedata

from desist.locators import Finding

#: ways of reaching a person; each also with its endings
REACHING = (
    "apologi[sz]e?|say (?:i am |i'm )?sorry|make it up|make amends|explain|write|wrote|call|ring|phone|facetime|text"
    "|message|e-?mail|dm|tweet|post|mail|contact|reach|visit|see|meet|met|talk|speak|spoke|tell|told|ask|show|send"
    "|sent|give|gave|bring|brought|buy|bought|take|deliver|drop|leave|return|reply|answer|follow|friend|unblock"
    "|writing|phoning|messaging|giving|leaving|inviting|driving past|driving by|approach|wait for|watch|check on|drive past|drive by|walk past|knock|wave|smile|hug|kiss|help|invite|thank"
    "|forgive|win|persuade|convince|let|get back|go to|go round|go back|turn up|apology|letter|call round"
)
#: people a repair must not reach, however named
VICTIM = (
    "her|him|them|she|he|they|herself|himself|victim|survivor|complainant|ex|ex-\\w+|my wife|my husband"
    "|my girlfriend|my boyfriend|my former \\w+"
)
#: things that are given to one person only
GIFTS = "flowers?|roses?|bouquet|gifts?|presents?|chocolates?|cards?|letters?|poems?|parcels?|voice ?notes?|love notes?"
GIVING = "send|sent|give|gave|post|mail|buy|bought|leave|left|drop|deliver|bring|brought|write|wrote|make|made|record"
#: acts that are contact with any person
ALWAYS = (
    "apologi[sz]\\w*|apology|apologies|say(?:ing)? sorry|make amends|making amends|win (?:her|him|them) back"
    "|get(?:ting)? back together|reconcil\\w*|closure|pass(?:ing)? (?:it |this |that )?on (?:a |the |my )?(?:message|note|word)s?"
    "|through (?:her|his|their) (?:\\w+ )?(?:mother|mum|father|dad|sister|brother|friends?|family|parents?|colleagues?|children|kids)"
)
ENDING = "(?:s|es|ed|d|ing|ning|ting|ping|ped|ted)?"
#: at most this many words lie between the way and the person: "call and calmly explain it to her"
BETWEEN = r"(?:\W+[\w'-]+){0,6}?\W+"
#: words by which a clause says that the person does not do the act
NOT_DONE = re.compile(
    r"\b(?:not|no|never|n't|cannot|without|stop\w*|avoid\w*|instead of|refrain\w*|stay\w* away|keep\w* away|away from"
    r"|delet\w+|destroy\w*|block(?:ed|ing|s)?|remov\w+|hand\w* over|forget\w*)\b|\w+n't\b"
)
#: phrases that sound like a refusal and ask for the act itself: "don't forget to call her"
ASKED_FOR = re.compile(
    r"\b(?:\w+n't|not|never|cannot|no longer) (?:\w+ )?(?:forget|fail|hesitat|stop|avoid|delay|neglect)\w*\b"
    r"|\b(?:remember|mind) not to (?:forget|fail)\b|\bwithout (?:fail|delay|hesitat\w+|stopping)\b|\bno matter\b"
)
#: where one clause ends and another, which may say the opposite, begins
CLAUSES = re.compile(
    r"[.;:!?,\n()]+|\b(?:but|until|unless|except|only|then|before|after|and|or|so|because|just)\b"
)

PATTERNS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:{ALWAYS})\b",
        rf"\b(?:{REACHING}){ENDING}\b{BETWEEN}(?:{VICTIM})\b",
        rf"\b(?:{GIVING}){ENDING}\b{BETWEEN}(?:{GIFTS})\b",
        rf"\b(?:{GIFTS})\b{BETWEEN}(?:to|for)\W+(?:my\W+)?(?:{VICTIM})\b",
    )
)
WHY = (
    "Repair is never contact with the victim, by any means or through anyone: even an apology is part of what was done to them. "
    "Keep to the order, pay what a court has set, delete accounts and pictures, tell the supervisor, give time to others."
)


#: the name by which a page calls what was found
KIND = "way to contact the victim"


def read(text: str) -> tuple[Finding, ...]:
    """Return the words of a repair that mean contact, in the form of words that may lead to a person."""
    words = finding(text=text)
    return (Finding(KIND, words, max(plain(text).find(words), 0)),) if words else ()


def finding(*, text: str) -> str:
    """Return the words in a text that mean contact with the victim, as typed but for case; "" where there are none."""
    for clause in CLAUSES.split(plain(text)):
        for pattern in PATTERNS:
            found = pattern.search(clause)
            if found and not NOT_DONE.search(ASKED_FOR.sub(" ", clause)):
                return found.group().strip()
    return ""


def plain(text: str) -> str:
    """A text as the patterns read it: lower case, plain letters and apostrophes, nothing invisible."""
    folded = unicodedata.normalize("NFKD", text.casefold()).replace("’", "'").replace("`", "'")
    kept = (one for one in folded if unicodedata.category(one) not in {"Cf", "Mn", "Cc"} or one == "\n")
    return re.sub(r"[ \t]+", " ", "".join(kept))
