"""The post's place in the menu of a zone."""

from desist.post import queries
from desist.wall.places import Place

BY_HAND = Place(
    "Partners to ring",
    "post:by-hand",
    "Partners that do not use Desist, and what they must be told by telephone",
    queries.WAITING,
)
