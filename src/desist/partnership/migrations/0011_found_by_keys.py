from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import AddIndexConcurrently
from django.db import migrations, models
from django.db.models import Func, Q, Value

# As in the programme's zone: the two may share one database in a test alone.
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
INDEXES = (
    (
        "referral",
        GinIndex(
            Func(
                *("given_names", "family_name", "aliases", "own_phone", "own_email"),
                function="public.found_by",
            ),
            name="sent_referrals_by_keys",
        ),
    ),
    (
        "person",
        GinIndex(
            Func(
                *("given_names", "family_name", Value(None), Value(""), Value("")),
                function="public.found_by",
            ),
            name="people_by_keys",
        ),
    ),
    ("protected", models.Index(fields=["crime_reference"], name="protected_by_reference")),
    ("side", models.Index(fields=["crime_reference"], name="sides_by_reference")),
    (
        "report",
        models.Index(
            fields=["crime_reference"], condition=~Q(crime_reference=""), name="reports_by_reference"
        ),
    ),
    (
        "report",
        models.Index(
            fields=["told_reference"], condition=~Q(told_reference=""), name="reports_by_told_reference"
        ),
    ),
)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("partnership", "0010_words_of_choices")]
    operations = [
        migrations.RunSQL(FOUND_BY, migrations.RunSQL.noop),
        *(AddIndexConcurrently(model_name=model, index=index) for model, index in INDEXES),
        migrations.RunSQL(PLAIN.format("sent_referrals_by_keys"), migrations.RunSQL.noop),
        migrations.RunSQL(PLAIN.format("people_by_keys"), migrations.RunSQL.noop),
    ]
