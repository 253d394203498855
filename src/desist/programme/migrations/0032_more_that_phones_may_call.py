"""More functions of a person's own pages: own targets, skills, the plan, questions, the notice, and what was noted without a line.

See docs/adr/the-database-is-the-phones-wall.md. The earlier form of `phone_note` stays for pages of before; nothing is granted to it any more.
"""

from django.db import migrations

LOOKS = """
CREATE FUNCTION phone_reference() RETURNS text LANGUAGE sql VOLATILE SET search_path = public, pg_temp
AS $$ SELECT substr(translate(replace(gen_random_uuid()::text, '-', ''), '01258b', 'ghjkmn'), 1, 10) $$;

-- The rows of their own in their diary, each with the figures of the last seven days by day.
CREATE FUNCTION phone_own(_sitting text, _at timestamptz) RETURNS TABLE (ref text, name text, figures jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE mine bigint := phone_here(_sitting, '', _at);
BEGIN
  RETURN QUERY SELECT t.ref::text, t.name::text, coalesce((
      SELECT jsonb_object_agg(d.day, d.own -> t.ref) FROM programme_diaryday d
       WHERE d.episode_id = mine AND d.day > (_at AT TIME ZONE 'Europe/London')::date - 7 AND d.own ->> t.ref IS NOT NULL), '{}')
    FROM programme_diarytarget t WHERE t.episode_id = mine AND t.ended_at IS NULL ORDER BY t.id;
END $$;

-- What they tried last.
CREATE FUNCTION phone_practice(_sitting text, _at timestamptz) RETURNS TABLE (day date, skill text, helped text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE mine bigint := phone_here(_sitting, 'see_practice', _at);
BEGIN
  RETURN QUERY SELECT p.day, p.skill::text, p.helped::text FROM programme_skillpractice p
   WHERE p.episode_id = mine AND p.struck_at IS NULL ORDER BY p.day DESC, p.id DESC LIMIT 10;
END $$;

-- The newest coping plan, in the order of its lines.
CREATE FUNCTION phone_plan(_sitting text, _at timestamptz) RETURNS TABLE (part text, cue text, words text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE mine bigint := phone_here(_sitting, 'see_plan', _at);
BEGIN
  RETURN QUERY SELECT l.part::text, l.cue::text, l.words::text FROM programme_copingline l
   WHERE l.plan_id = (SELECT c.id FROM programme_copingplan c WHERE c.episode_id = mine ORDER BY c.number DESC LIMIT 1)
   ORDER BY l.part, l.position;
END $$;

-- The goals that are worked on: the person's words and the steps. How a goal serves another's safety stays off the phone.
CREATE FUNCTION phone_goals(_sitting text, _at timestamptz) RETURNS TABLE (words text, steps text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE mine bigint := phone_here(_sitting, '', _at);
BEGIN
  RETURN QUERY SELECT g.words::text, g.steps FROM programme_goal g
   WHERE g.episode_id = mine AND g.state = 'open' ORDER BY g.id;
END $$;

-- The forms whose wording the service loaded, in the week before an appointment, and not within four weeks of the last.
CREATE FUNCTION phone_questions(_sitting text, _at timestamptz) RETURNS TABLE (instrument text, content text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE mine bigint := phone_here(_sitting, 'see_questions', _at);
BEGIN
  RETURN QUERY SELECT w.instrument::text, w.content FROM programme_wording w
   WHERE w.ended_at IS NULL
     AND (EXISTS (SELECT FROM programme_session s WHERE s.episode_id = mine AND s.state = 'planned'
                   AND upper(s.period) > _at AND lower(s.period) < _at + interval '7 days')
       OR EXISTS (SELECT FROM programme_assessment a WHERE a.episode_id = mine AND a.state = 'appointed'
                   AND upper(a.period) > _at AND lower(a.period) < _at + interval '7 days'))
     AND NOT EXISTS (SELECT FROM programme_measure m WHERE m.episode_id = mine AND m.instrument = w.instrument
                      AND m.struck_at IS NULL AND m.taken_on > (_at AT TIME ZONE 'Europe/London')::date - 28)
   ORDER BY w.instrument;
END $$;

-- The last session that was held, for two weeks, until they said how it was.
CREATE FUNCTION phone_feedback(_sitting text, _at timestamptz) RETURNS TABLE (ref text, held_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE mine bigint := phone_here(_sitting, '', _at);
BEGIN
  RETURN QUERY SELECT s.ref::text, lower(s.period)
    FROM (SELECT * FROM programme_session h WHERE h.episode_id = mine AND h.state = 'attended'
           ORDER BY lower(h.period) DESC LIMIT 1) s
   WHERE lower(s.period) > _at - interval '14 days'
     AND NOT EXISTS (SELECT FROM programme_sessionfeedback f WHERE f.session_id = s.id);
END $$;

-- Which information notice they were given last, and what it said of the service.
CREATE FUNCTION phone_notice(_sitting text, _at timestamptz)
RETURNS TABLE (given_on date, version text, controller text, telephone text, email text, complaints text,
               data_protection text, lawful_basis text, retention text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE mine bigint := phone_here(_sitting, 'see_notice', _at);
BEGIN
  RETURN QUERY SELECT n.given_on, n.notice::text, coalesce(w.controller, '')::text, coalesce(w.telephone, '')::text,
         coalesce(w.email, '')::text, coalesce(w.complaints, ''), coalesce(w.data_protection, ''),
         coalesce(w.lawful_basis, ''), coalesce(w.retention, '')
    FROM programme_noticegiven n LEFT JOIN programme_noticewords w ON w.id = n.words_id
   WHERE n.episode_id = mine ORDER BY n.given_on DESC, n.id DESC LIMIT 1;
END $$;

-- An assessment too, without a reference: it is not called off here.
CREATE OR REPLACE FUNCTION phone_appointments(_sitting text, _at timestamptz)
RETURNS TABLE (ref text, starts_at timestamptz, ends_at timestamptz, remote boolean, place text, with_whom text, asked boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE mine bigint := phone_here(_sitting, 'see_appointments', _at);
BEGIN
  RETURN QUERY SELECT s.ref::text, lower(s.period), upper(s.period), s.room_id IS NULL, b.place::text, phone_first_name(w.name),
         EXISTS (SELECT FROM programme_phonerequest r WHERE r.session_id = s.id AND r.kind = 'cannot_come' AND r.answered_at IS NULL)
    FROM programme_session s JOIN programme_practitioner w ON w.id = s.practitioner_id
    JOIN programme_betweensessions b ON b.episode_id = s.episode_id
   WHERE s.episode_id = mine AND s.state = 'planned' AND upper(s.period) > _at
   UNION ALL
  SELECT '', lower(a.period), upper(a.period), a.how IN ('video', 'telephone'), '', coalesce(phone_first_name(w.name), ''), false
    FROM programme_assessment a LEFT JOIN programme_practitioner w ON w.id = a.practitioner_id
   WHERE a.episode_id = mine AND a.state = 'appointed' AND upper(a.period) > _at
   ORDER BY 2;
END $$;
"""

WORDS = """
-- Whether figures of own targets are of their own targets, 0 to 5 each.
CREATE FUNCTION phone_own_fits(_episode bigint, _own jsonb) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT jsonb_typeof(_own) = 'object' AND NOT EXISTS (
    SELECT FROM jsonb_each(_own) said WHERE said.value::text NOT IN ('0', '1', '2', '3', '4', '5', 'null') OR NOT EXISTS (
      SELECT FROM programme_diarytarget t WHERE t.episode_id = _episode AND t.ref = said.key))
$$;

-- One day of the diary: 'saved', 'changed' where it is of another version by now, '' where nothing may be noted.
CREATE FUNCTION phone_note(_sitting text, _day date, _version integer, _urge integer, _act text, _anger integer, _sadness integer,
                           _shame integer, _note text, _own jsonb, _at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  mine bigint := phone_here(_sitting, 'note_day', _at);
  today date := (_at AT TIME ZONE 'Europe/London')::date;
  kept programme_diaryday;
  merged jsonb;
BEGIN
  IF mine IS NULL OR _day > today OR _day <= today - 7 OR char_length(_note) > 2000
     OR _act NOT IN ('', 'none', 'resisted', 'looked', 'near', 'contact', 'others')
     OR NOT (coalesce(_urge, 0) BETWEEN 0 AND 5 AND coalesce(_anger, 0) BETWEEN 0 AND 5
             AND coalesce(_sadness, 0) BETWEEN 0 AND 5 AND coalesce(_shame, 0) BETWEEN 0 AND 5)
     OR NOT phone_own_fits(mine, _own) THEN
    RETURN '';
  END IF;
  -- As a colleague who types this diary: the episode is locked, so neither overwrites the other.
  PERFORM 1 FROM programme_episode e WHERE e.id = mine FOR UPDATE;
  SELECT d.* INTO kept FROM programme_diaryday d WHERE d.episode_id = mine AND d.day = _day;
  -- Figures of targets that ended stay.
  merged := jsonb_strip_nulls(coalesce(kept.own, '{}') || _own);
  IF kept.id IS NULL THEN
    IF _version <> 0 THEN RETURN 'changed'; END IF;
    INSERT INTO programme_diaryday (episode_id, day, version, urge, act, anger, sadness, shame, skill, note, own, entered_on,
                                    typed_by, typed_at)
    VALUES (mine, _day, 1, _urge, _act, _anger, _sadness, _shame, '', _note, merged, today, 'phone', _at);
    RETURN 'saved';
  END IF;
  IF (kept.urge, kept.act, kept.anger, kept.sadness, kept.shame, kept.note, kept.own)
     IS NOT DISTINCT FROM (_urge::smallint, _act::varchar, _anger::smallint, _sadness::smallint, _shame::smallint, _note, merged) THEN
    RETURN 'saved';
  END IF;
  IF kept.version <> _version THEN RETURN 'changed'; END IF;
  UPDATE programme_diaryday d SET version = d.version + 1, urge = _urge, act = _act, anger = _anger, sadness = _sadness,
         shame = _shame, note = _note, own = merged, typed_by = 'phone', typed_at = _at, noted_at = NULL
   WHERE d.id = kept.id;
  RETURN 'saved';
END $$;

-- What a phone noted without a line, by its own token: the day takes the higher of two figures, the graver of two acts and both
-- notes, so that nothing is lost whichever comes first. 'saved', also where this token came before; '' where it cannot be kept.
CREATE FUNCTION phone_add(_sitting text, _entry text, _day date, _urge integer, _act text, _anger integer, _sadness integer,
                          _shame integer, _note text, _own jsonb, _noted timestamptz, _at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  mine bigint := phone_here(_sitting, 'add_to_day', _at);
  acts text[] := ARRAY['', 'none', 'resisted', 'looked', 'near', 'contact', 'others'];
  on_day date := (_noted AT TIME ZONE 'Europe/London')::date;
  kept programme_diaryday;
  merged jsonb;
BEGIN
  IF mine IS NULL OR _noted > _at OR _noted < _at - interval '31 days' OR _day > on_day OR _day <= on_day - 7
     OR _entry !~ '^[A-Za-z0-9_-]{16,64}$' OR char_length(_note) > 2000 OR array_position(acts, _act) IS NULL
     OR NOT (coalesce(_urge, 0) BETWEEN 0 AND 5 AND coalesce(_anger, 0) BETWEEN 0 AND 5
             AND coalesce(_sadness, 0) BETWEEN 0 AND 5 AND coalesce(_shame, 0) BETWEEN 0 AND 5)
     OR NOT phone_own_fits(mine, _own) THEN
    RETURN '';
  END IF;
  PERFORM 1 FROM programme_episode e WHERE e.id = mine FOR UPDATE;
  SELECT d.* INTO kept FROM programme_diaryday d WHERE d.episode_id = mine AND d.day = _day;
  IF kept.id IS NULL THEN
    INSERT INTO programme_diaryday (episode_id, day, version, urge, act, anger, sadness, shame, skill, note, own, entered_on,
                                    typed_by, typed_at, noted_at, entries)
    VALUES (mine, _day, 1, _urge, _act, _anger, _sadness, _shame, '', _note, jsonb_strip_nulls(_own), on_day, 'phone', _at, _noted, ARRAY[_entry]);
    RETURN 'saved';
  END IF;
  IF _entry = ANY (kept.entries) THEN RETURN 'saved'; END IF;
  IF cardinality(kept.entries) >= 50 OR char_length(kept.note) + char_length(_note) > 1999 THEN RETURN ''; END IF;
  SELECT kept.own || coalesce(jsonb_object_agg(said.key, greatest((kept.own ->> said.key)::integer, said.value::integer)), '{}')
    INTO merged FROM jsonb_each_text(jsonb_strip_nulls(_own)) said;
  UPDATE programme_diaryday d SET version = d.version + 1, urge = greatest(d.urge, _urge), anger = greatest(d.anger, _anger),
         sadness = greatest(d.sadness, _sadness), shame = greatest(d.shame, _shame),
         own = merged, act = CASE WHEN array_position(acts, _act) > array_position(acts, d.act::text) THEN _act ELSE d.act END,
         note = concat_ws(E'\\n', nullif(d.note, ''), nullif(_note, '')), entries = array_append(d.entries, _entry),
         typed_by = 'phone', typed_at = _at, noted_at = _noted
   WHERE d.id = kept.id;
  RETURN 'saved';
END $$;

-- One time that a skill was tried; twice it is kept once.
CREATE FUNCTION phone_practise(_sitting text, _skill text, _day date, _helped text, _note text, _submission text, _at timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  mine bigint := phone_here(_sitting, 'practise', _at);
  today date := (_at AT TIME ZONE 'Europe/London')::date;
BEGIN
  IF mine IS NULL OR _day > today OR _day <= today - 7 OR char_length(_note) > 400 OR _skill !~ '^[a-z-]{1,40}$'
     OR _helped NOT IN ('yes', 'little', 'no', 'worse') OR char_length(_submission) NOT BETWEEN 16 AND 64
     OR (SELECT count(*) FROM programme_skillpractice p WHERE p.episode_id = mine AND p.entered_at > _at - interval '1 day') >= 30 THEN
    RETURN false;
  END IF;
  INSERT INTO programme_skillpractice (ref, episode_id, day, skill, helped, note, submission, entered_by, entered_at, struck_by)
  VALUES (phone_reference(), mine, _day, _skill, _helped, _note, phone_digest(mine || _submission), 'phone', _at, '')
  ON CONFLICT DO NOTHING;
  RETURN true;
END $$;

-- A form that was filled in, scored by the pages. One that is flagged is a task until somebody looked after the person.
CREATE FUNCTION phone_answer(_sitting text, _instrument text, _version integer, _answers integer[], _total numeric, _prorated boolean,
                             _flagged boolean, _submission text, _at timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  mine bigint := phone_here(_sitting, 'answer_questions', _at);
  worded bigint := (SELECT w.id FROM programme_wording w WHERE w.instrument = _instrument AND w.ended_at IS NULL);
BEGIN
  IF mine IS NULL OR worded IS NULL OR char_length(_submission) NOT BETWEEN 16 AND 64 OR cardinality(_answers) NOT BETWEEN 1 AND 100
     OR EXISTS (SELECT FROM unnest(_answers) said WHERE said NOT BETWEEN 0 AND 20)
     OR (SELECT count(*) FROM programme_measure m WHERE m.episode_id = mine AND m.recorded_at > _at - interval '1 day') >= 30 THEN
    RETURN false;
  END IF;
  INSERT INTO programme_measure (ref, episode_id, instrument, instrument_version, wording_id, occasion, taken_on, source, answers,
                                 total, prorated, flagged, submission, recorded_by, recorded_at, struck_reason, struck_by)
  VALUES (phone_reference(), mine, _instrument, _version, worded,
          CASE WHEN EXISTS (SELECT FROM programme_measure m WHERE m.episode_id = mine AND m.instrument = _instrument
                             AND m.struck_at IS NULL) THEN 'between' ELSE 'baseline' END,
          (_at AT TIME ZONE 'Europe/London')::date, 'screen', _answers::smallint[], _total, _prorated, _flagged,
          phone_digest(mine || _submission), 'phone', _at, '', '')
  ON CONFLICT (submission) DO NOTHING;
  RETURN true;
END $$;

-- How a session of theirs was; only the first answers count.
CREATE FUNCTION phone_tell(_sitting text, _session text, _said integer, _understood integer, _pace integer, _clear integer,
                           _at timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  mine bigint := phone_here(_sitting, 'give_feedback', _at);
  about bigint;
BEGIN
  SELECT s.id INTO about FROM programme_session s WHERE s.ref = _session AND s.episode_id = mine AND s.state = 'attended';
  IF about IS NULL OR NOT (_said BETWEEN 1 AND 4 AND _understood BETWEEN 1 AND 4 AND _pace BETWEEN 1 AND 4 AND _clear BETWEEN 1 AND 4)
  THEN RETURN false; END IF;
  INSERT INTO programme_sessionfeedback (session_id, said, understood, pace, clear, given_at, screen_of)
  VALUES (about, _said, _understood, _pace, _clear, _at, 'phone') ON CONFLICT DO NOTHING;
  RETURN true;
END $$;
"""

CLOSED = """
DO $$
DECLARE one regprocedure;
BEGIN
  FOR one IN SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'phone\\_%' LOOP
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', one);
  END LOOP;
END $$;
"""

GONE = """
DROP FUNCTION phone_own, phone_practice, phone_plan, phone_goals, phone_questions, phone_feedback, phone_notice, phone_own_fits,
  phone_add, phone_practise, phone_answer, phone_tell, phone_reference,
  phone_note(text, date, integer, integer, text, integer, integer, integer, text, jsonb, timestamptz);
"""


class Migration(migrations.Migration):

    dependencies = [("programme", "0031_noted_without_a_line")]

    operations = [migrations.RunSQL([LOOKS, WORDS, CLOSED], [GONE])]
