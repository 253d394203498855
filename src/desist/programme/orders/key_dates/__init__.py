"""The days that lie ahead of a person: from orders, and noted here. Dates alone, never what will happen on them."""
