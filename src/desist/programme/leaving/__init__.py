"""How somebody leaves the programme: why, when it is told, and to whom."""
