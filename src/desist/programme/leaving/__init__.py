"""How a person leaves the programme: why, when it is told, and to whom."""
