from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations
from django.db.models import Func, Value

# Every word of a name, its ends and it with one letter less; the last digits of a telephone number; an e-mail address.
# Its cost keeps the planner from asking it of every row; the index has no statistics, so that a frequent name does not tempt it.
FOUND_BY = r"""
CREATE OR REPLACE FUNCTION public.found_by(given text, family text, aliases character varying[], phone text, email text)
RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
  WITH words AS (
    SELECT DISTINCT word
    FROM regexp_split_to_table(
      regexp_replace(
        replace(replace(replace(replace(translate(
          lower(normalize(concat_ws(' ', given, family, array_to_string(aliases, ' ')), NFKD)),
          'łøđðıςةى’‘''`', 'loddiσهي'), 'ß', 'ss'), 'æ', 'ae'), 'œ', 'oe'), 'þ', 'th'),
        '[\u0300-\u036f\u0640\u064b-\u065f\u0670]', '', 'g'),
      '[\s.,;:/|"()@\u2010-\u2015-]+') AS word
    WHERE word <> ''
  ), keys AS (
    SELECT word AS key FROM words
    UNION ALL SELECT '*' || substr(word, n) FROM words, generate_series(2, length(word)) AS n
    UNION ALL SELECT '~' || overlay(word PLACING '' FROM n FOR 1)
      FROM words, generate_series(1, length(word)) AS n WHERE length(word) >= 4
    UNION ALL SELECT '#' || right(regexp_replace(phone, '[^0-9]', '', 'g'), 9) WHERE phone ~ '[0-9]'
    UNION ALL SELECT '@' || lower(btrim(email)) WHERE btrim(email) <> ''
  )
  SELECT array_to_tsvector(coalesce(array_agg(DISTINCT key), '{}')) FROM keys;
END;
GRANT EXECUTE ON FUNCTION public.found_by TO PUBLIC;
"""
PLAIN = "ALTER INDEX {} ALTER COLUMN 1 SET STATISTICS 0"


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("programme", "0007_planned_sessions_by_time")]
    operations = [
        migrations.RunSQL(FOUND_BY, migrations.RunSQL.noop),
        AddIndexConcurrently(
            model_name="referral",
            index=GinIndex(
                Func(
                    *("given_names", "family_name", "aliases", "own_phone", "own_email"),
                    function="public.found_by",
                ),
                name="referrals_by_keys",
            ),
        ),
        AddIndexConcurrently(
            model_name="owncontact",
            index=GinIndex(
                Func(
                    *(Value(""), Value(""), Value(None), "own_phone", "own_email"),
                    function="public.found_by",
                ),
                name="own_contacts_by_keys",
            ),
        ),
        migrations.RunSQL(PLAIN.format("referrals_by_keys"), migrations.RunSQL.noop),
        migrations.RunSQL(PLAIN.format("own_contacts_by_keys"), migrations.RunSQL.noop),
    ]
