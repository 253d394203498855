"""Two functions more of a person's own pages: which skill they used on a day (docs/adr/the-database-is-the-phones-wall.md)."""

from django.db import migrations

SKILLS = """
-- The skill of each of the last seven days that has one: a key of the catalogue.
CREATE FUNCTION phone_skills_used(_sitting text, _at timestamptz) RETURNS TABLE (day date, skill text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE mine bigint := phone_here(_sitting, '', _at);
BEGIN
  RETURN QUERY SELECT d.day, d.skill::text FROM programme_diaryday d
   WHERE d.episode_id = mine AND d.skill <> '' AND d.day > (_at AT TIME ZONE 'Europe/London')::date - 7 ORDER BY d.day;
END $$;

-- The skill of a day that was noted before, '' for none; the same once more changes nothing. Without `_instead` a skill that stands
-- there stays. What was noted without a line is at most 31 days old, for itself or one of the six days before.
CREATE FUNCTION phone_use_skill(_sitting text, _day date, _skill text, _instead boolean, _at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  mine bigint := phone_here(_sitting, '', _at);
  today date := (_at AT TIME ZONE 'Europe/London')::date;
BEGIN
  IF mine IS NULL OR _day > today OR _day < today - 38 OR _skill !~ '^[a-z-]{0,40}$' THEN RETURN false; END IF;
  PERFORM 1 FROM programme_episode e WHERE e.id = mine FOR UPDATE;
  UPDATE programme_diaryday d SET skill = _skill, version = d.version + 1, typed_by = 'phone', typed_at = _at
   WHERE d.episode_id = mine AND d.day = _day AND d.skill <> _skill AND (_instead OR d.skill = '');
  RETURN EXISTS (SELECT FROM programme_diaryday d WHERE d.episode_id = mine AND d.day = _day);
END $$;
"""

CLOSED = """
REVOKE ALL ON FUNCTION phone_skills_used(text, timestamptz), phone_use_skill(text, date, text, boolean, timestamptz) FROM PUBLIC;
"""

GONE = """
DROP FUNCTION phone_skills_used(text, timestamptz), phone_use_skill(text, date, text, boolean, timestamptz);
"""


class Migration(migrations.Migration):

    dependencies = [("programme", "0046_people_told_apart")]

    operations = [migrations.RunSQL([SKILLS, CLOSED], [GONE])]
