"""What the zone of a person's own pages may do in their programme's database: call these functions, and nothing else. Pure.

The programme makes them (its migration 0029) and grants them; the pages call them; a start-up check compares the two.
"""

#: name -> the types of its arguments. Each but the first two takes the secret of an open sign-in first, and answers of that person alone
FUNCTIONS = {
    "phone_begin": "text, text, text, text, timestamptz",
    "phone_sign_in": "text, text, text, timestamptz",
    "phone_lives": "text, timestamptz",
    "phone_stays": "text, timestamptz",
    "phone_sign_out": "text, timestamptz",
    "phone_diary": "text, timestamptz",
    "phone_appointments": "text, timestamptz",
    "phone_homework": "text, timestamptz",
    "phone_requests": "text, timestamptz",
    "phone_note": "text, date, integer, integer, text, integer, integer, integer, text, timestamptz",
    "phone_ask": "text, text, text, text, text, timestamptz",
}
#: each with its arguments, as PostgreSQL names it
SIGNATURES = tuple(f"{name}({types})" for name, types in FUNCTIONS.items())
