"""What the zone of a person's own pages may do in their programme's database: call these functions, and nothing else. Pure.

The programme makes them (its migrations 0029, 0032, 0037, 0043 and 0047) and grants them; the pages call them; a start-up check compares the two.
"""

#: name -> the types of its arguments. Each takes the secret of an open sign-in first, and answers of that person alone; those of
#: the entrance take an invitation or the phone's own token
FUNCTIONS = {
    "phone_begin": "text, text, text, text, timestamptz",
    "phone_sign_in": "text, text, text, timestamptz",
    "phone_lives": "text, timestamptz",
    "phone_passkey": "text, timestamptz",
    "phone_open": "text, bigint, timestamptz, text, timestamptz",
    "phone_keep_passkey": "text, text, text, text, bigint, timestamptz, timestamptz",
    "phone_drop_passkey": "text, timestamptz",
    "phone_stays": "text, timestamptz",
    "phone_sign_out": "text, timestamptz",
    "phone_diary": "text, timestamptz",
    "phone_appointments": "text, timestamptz",
    "phone_homework": "text, timestamptz",
    "phone_requests": "text, timestamptz",
    "phone_own": "text, timestamptz",
    "phone_skills_used": "text, timestamptz",
    "phone_practice": "text, timestamptz",
    "phone_plan": "text, timestamptz",
    "phone_goals": "text, timestamptz",
    "phone_questions": "text, timestamptz",
    "phone_feedback": "text, timestamptz",
    "phone_notice": "text, timestamptz",
    "phone_note": "text, date, integer, integer, text, integer, integer, integer, text, jsonb, timestamptz",
    "phone_add": "text, text, date, integer, text, integer, integer, integer, text, jsonb, timestamptz, timestamptz",
    "phone_use_skill": "text, date, text, boolean, timestamptz",
    "phone_ask": "text, text, text, text, text, timestamptz",
    "phone_practise": "text, text, date, text, text, text, timestamptz",
    "phone_practise_later": "text, text, text, date, text, text, timestamptz, timestamptz",
    "phone_tick_later": "text, text, timestamptz, timestamptz",
    "phone_answer": "text, text, integer, integer[], numeric, boolean, boolean, text, timestamptz",
    "phone_tell": "text, text, integer, integer, integer, integer, timestamptz",
}
#: each with its arguments, as PostgreSQL names it
SIGNATURES = tuple(f"{name}({types})" for name, types in FUNCTIONS.items())
