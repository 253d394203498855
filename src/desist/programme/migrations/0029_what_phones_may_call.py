"""The functions by which a person's own pages reach the programme: the whole of that wall (docs/adr/the-database-is-the-phones-wall.md).

They run with the rights of the programme's owner; the login of those pages may call them, and has no right to any table.
"""

from django.db import migrations

BASE = """
CREATE FUNCTION phone_digest(secret text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp
AS $$ SELECT encode(sha256(convert_to(secret, 'UTF8')), 'hex') $$;

CREATE FUNCTION phone_first_name(name text) RETURNS text LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp
AS $$
  SELECT CASE WHEN position(',' in name) = 0 AND cardinality(words) > 1 THEN words[1] ELSE '' END
    FROM (SELECT regexp_split_to_array(btrim(regexp_replace(
      name, '^\\s*((dr|mr|mrs|ms|miss|mx|prof|professor|rev|sir|dame|lady|lord)\\.?\\s+)+', '', 'i')), '\\s+') AS words) found
$$;

-- Whether a phone's person may use it now: on the programme, and not on paper.
CREATE FUNCTION phone_is_open(_episode bigint) RETURNS boolean LANGUAGE sql STABLE SET search_path = public, pg_temp
AS $$
  SELECT EXISTS (
    SELECT FROM programme_episode e JOIN programme_betweensessions b ON b.episode_id = e.id
     WHERE e.id = _episode AND NOT b.on_paper AND e.state IN ('waiting', 'allocated', 'in_sessions'))
$$;

CREATE FUNCTION phone_event(_who text, _action text, _allowed boolean, _at timestamptz) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp
AS $$
BEGIN
  INSERT INTO wall_auditevent (at, who, role, action, row, correlation, allowed, reason)
  VALUES (_at, _who, 'participant', _action, 'programme.phone:' || _who, gen_random_uuid(), _allowed,
          CASE WHEN _allowed THEN '' ELSE 'wrong code' END);
END $$;

-- The episode of an open sign-in, and its event; NULL for any other secret. Ten minutes after its last use it is over.
CREATE FUNCTION phone_here(_sitting text, _action text, _at timestamptz) RETURNS bigint
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE here programme_phone;
BEGIN
  SELECT p.* INTO here FROM programme_phone p
   WHERE p.sitting = phone_digest(_sitting) AND p.ended_at IS NULL AND p.used_at > _at - interval '10 minutes'
     AND phone_is_open(p.episode_id);
  IF here.id IS NULL THEN RETURN NULL; END IF;
  IF _action <> '' THEN PERFORM phone_event(here.ref, 'participant.' || _action, true, _at); END IF;
  IF here.used_at < _at - interval '30 seconds' THEN
    UPDATE programme_phone p SET used_at = _at WHERE p.id = here.id;
  END IF;
  RETURN here.episode_id;
END $$;
"""

ENTRANCE = """
CREATE FUNCTION phone_begin(_invitation text, _device text, _pin text, _sitting text, _at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE begun text;
BEGIN
  UPDATE programme_phone p SET device = phone_digest(_device), pin = phone_digest(_device || _pin),
         sitting = phone_digest(_sitting), began_at = _at, used_at = _at
   WHERE p.invitation = phone_digest(_invitation) AND p.began_at IS NULL AND p.ended_at IS NULL AND p.until > _at
     AND phone_is_open(p.episode_id) AND length(_device) >= 32 AND length(_sitting) >= 32
  RETURNING p.ref INTO begun;
  IF begun IS NULL THEN RETURN false; END IF;
  PERFORM phone_event(begun, 'participant.begin', true, _at);
  RETURN true;
END $$;

-- The fifth wrong code in a row ends the phone: the person asks for a new invitation in the room.
CREATE FUNCTION phone_sign_in(_device text, _pin text, _sitting text, _at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE here programme_phone;
BEGIN
  SELECT p.* INTO here FROM programme_phone p
   WHERE p.device = phone_digest(_device) AND p.ended_at IS NULL AND phone_is_open(p.episode_id) FOR UPDATE;
  IF here.id IS NULL OR length(_sitting) < 32 THEN RETURN false; END IF;
  IF here.pin <> phone_digest(_device || _pin) THEN
    UPDATE programme_phone p SET wrong = p.wrong + 1, ended_at = CASE WHEN p.wrong >= 4 THEN _at END
     WHERE p.id = here.id;
    PERFORM phone_event(here.ref, 'participant.sign_in', false, _at);
    RETURN false;
  END IF;
  UPDATE programme_phone p SET wrong = 0, sitting = phone_digest(_sitting), used_at = _at WHERE p.id = here.id;
  PERFORM phone_event(here.ref, 'participant.sign_in', true, _at);
  RETURN true;
END $$;

-- Whether a phone that says so is one: where it is not, the pages wipe it.
CREATE FUNCTION phone_lives(_device text, _at timestamptz) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT EXISTS (SELECT FROM programme_phone p WHERE p.device = phone_digest(_device) AND p.ended_at IS NULL
    AND p.began_at <= _at AND phone_is_open(p.episode_id))
$$;

CREATE FUNCTION phone_stays(_sitting text, _at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN RETURN phone_here(_sitting, '', _at) IS NOT NULL; END $$;

CREATE FUNCTION phone_sign_out(_sitting text, _at timestamptz) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE gone text;
BEGIN
  UPDATE programme_phone p SET sitting = '', used_at = NULL WHERE p.sitting = phone_digest(_sitting) RETURNING p.ref INTO gone;
  IF gone IS NOT NULL THEN PERFORM phone_event(gone, 'participant.sign_out', true, _at); END IF;
END $$;
"""

LOOKS = """
CREATE FUNCTION phone_diary(_sitting text, _at timestamptz)
RETURNS TABLE (day date, urge integer, act text, anger integer, sadness integer, shame integer, note text, version integer)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE mine bigint := phone_here(_sitting, 'see_diary', _at);
BEGIN
  RETURN QUERY SELECT d.day, d.urge::integer, d.act::text, d.anger::integer, d.sadness::integer, d.shame::integer, d.note, d.version
    FROM programme_diaryday d WHERE d.episode_id = mine
     AND d.day > (_at AT TIME ZONE 'Europe/London')::date - 7 ORDER BY d.day;
END $$;

CREATE FUNCTION phone_appointments(_sitting text, _at timestamptz)
RETURNS TABLE (ref text, starts_at timestamptz, ends_at timestamptz, remote boolean, place text, with_whom text, asked boolean)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE mine bigint := phone_here(_sitting, 'see_appointments', _at);
BEGIN
  RETURN QUERY SELECT s.ref::text, lower(s.period), upper(s.period), s.room_id IS NULL, b.place::text, phone_first_name(w.name),
         EXISTS (SELECT FROM programme_phonerequest r WHERE r.session_id = s.id AND r.kind = 'cannot_come' AND r.answered_at IS NULL)
    FROM programme_session s JOIN programme_practitioner w ON w.id = s.practitioner_id
    JOIN programme_betweensessions b ON b.episode_id = s.episode_id
   WHERE s.episode_id = mine AND s.state = 'planned' AND upper(s.period) > _at ORDER BY lower(s.period);
END $$;

-- The homework of the last session that was held.
CREATE FUNCTION phone_homework(_sitting text, _at timestamptz)
RETURNS TABLE (ref text, held_at timestamptz, words text, done_at timestamptz, line text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE mine bigint := phone_here(_sitting, 'see_homework', _at);
BEGIN
  RETURN QUERY SELECT s.ref::text, lower(s.period), s.homework_set, r.asked_at, coalesce(r.words, '')
    FROM (SELECT * FROM programme_session h WHERE h.episode_id = mine AND h.state = 'attended'
           ORDER BY lower(h.period) DESC LIMIT 1) s
    LEFT JOIN programme_phonerequest r ON r.session_id = s.id AND r.kind = 'homework'
   WHERE s.homework_set <> '';
END $$;

CREATE FUNCTION phone_requests(_sitting text, _at timestamptz)
RETURNS TABLE (kind text, asked_at timestamptz, answered_at timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE mine bigint := phone_here(_sitting, 'see_requests', _at);
BEGIN
  RETURN QUERY SELECT r.kind::text, r.asked_at, r.answered_at FROM programme_phonerequest r
   WHERE r.episode_id = mine AND r.kind <> 'homework' ORDER BY r.asked_at DESC LIMIT 20;
END $$;
"""

WORDS = """
-- One day of the diary: 'saved', 'changed' where it is of another version by now, '' where nothing may be noted.
CREATE FUNCTION phone_note(_sitting text, _day date, _version integer, _urge integer, _act text, _anger integer, _sadness integer,
                           _shame integer, _note text, _at timestamptz) RETURNS text
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  mine bigint := phone_here(_sitting, 'note_day', _at);
  today date := (_at AT TIME ZONE 'Europe/London')::date;
  kept programme_diaryday;
BEGIN
  IF mine IS NULL OR _day > today OR _day <= today - 7 OR char_length(_note) > 2000
     OR _act NOT IN ('', 'none', 'resisted', 'looked', 'near', 'contact', 'others')
     OR NOT (coalesce(_urge, 0) BETWEEN 0 AND 5 AND coalesce(_anger, 0) BETWEEN 0 AND 5
             AND coalesce(_sadness, 0) BETWEEN 0 AND 5 AND coalesce(_shame, 0) BETWEEN 0 AND 5) THEN
    RETURN '';
  END IF;
  -- As a colleague who types this diary: the episode is locked, so neither overwrites the other.
  PERFORM 1 FROM programme_episode e WHERE e.id = mine FOR UPDATE;
  SELECT d.* INTO kept FROM programme_diaryday d WHERE d.episode_id = mine AND d.day = _day;
  IF kept.id IS NULL THEN
    IF _version <> 0 THEN RETURN 'changed'; END IF;
    INSERT INTO programme_diaryday (episode_id, day, version, urge, act, anger, sadness, shame, skill, note, own, entered_on,
                                    typed_by, typed_at)
    VALUES (mine, _day, 1, _urge, _act, _anger, _sadness, _shame, '', _note, '{}', today, 'phone', _at);
    RETURN 'saved';
  END IF;
  IF (kept.urge, kept.act, kept.anger, kept.sadness, kept.shame, kept.note)
     IS NOT DISTINCT FROM (_urge::smallint, _act::varchar, _anger::smallint, _sadness::smallint, _shame::smallint, _note) THEN
    RETURN 'saved';
  END IF;
  IF kept.version <> _version THEN RETURN 'changed'; END IF;
  UPDATE programme_diaryday d SET version = d.version + 1, urge = _urge, act = _act, anger = _anger, sadness = _sadness,
         shame = _shame, note = _note, typed_by = 'phone', typed_at = _at
   WHERE d.id = kept.id;
  RETURN 'saved';
END $$;

-- A request, or the tick beside the homework; twice it is kept once. A session named is one of their own.
CREATE FUNCTION phone_ask(_sitting text, _kind text, _session text, _words text, _submission text, _at timestamptz) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  mine bigint := phone_here(_sitting, 'ask', _at);
  about bigint;
BEGIN
  IF mine IS NULL OR char_length(_words) > 2000 OR char_length(_submission) NOT BETWEEN 16 AND 64 THEN RETURN false; END IF;
  IF _kind = 'cannot_come' THEN
    SELECT s.id INTO about FROM programme_session s
     WHERE s.ref = _session AND s.episode_id = mine AND s.state = 'planned' AND lower(s.period) > _at;
  ELSIF _kind = 'homework' THEN
    SELECT s.id INTO about FROM programme_session s
     WHERE s.ref = _session AND s.episode_id = mine AND s.state = 'attended' AND s.homework_set <> '';
  END IF;
  IF (_kind IN ('cannot_come', 'homework')) <> (about IS NOT NULL)
     OR _kind NOT IN ('cannot_come', 'homework', 'notice', 'complaint', 'record', 'withdraw') THEN
    RETURN false;
  END IF;
  IF (SELECT count(*) FROM programme_phonerequest r WHERE r.episode_id = mine AND r.asked_at > _at - interval '1 day') >= 30 THEN
    RETURN false;
  END IF;
  IF _kind = 'homework' THEN
    UPDATE programme_phonerequest r SET words = _words WHERE r.session_id = about AND r.kind = 'homework';
    IF FOUND THEN RETURN true; END IF;
  END IF;
  INSERT INTO programme_phonerequest (ref, episode_id, kind, session_id, words, submission, asked_at, answer, answered_by)
  VALUES (substr(translate(replace(gen_random_uuid()::text, '-', ''), '01258b', 'ghjkmn'), 1, 10), mine, _kind, about, _words,
          phone_digest(mine || _submission), _at, '', '')
  ON CONFLICT DO NOTHING;
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
DO $$
DECLARE one regprocedure;
BEGIN
  FOR one IN SELECT oid FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND proname LIKE 'phone\\_%' LOOP
    EXECUTE format('DROP FUNCTION %s', one);
  END LOOP;
END $$;
"""


class Migration(migrations.Migration):

    dependencies = [("programme", "0028_phones")]

    operations = [migrations.RunSQL([BASE, ENTRANCE, LOOKS, WORDS, CLOSED], [GONE])]
