from django.db import migrations

#: the records of exports that were kept before are counted once; which of them were drafts is not known any more
COUNT = """
INSERT INTO advocacy_hourcount (victim_id, original_id, sender, kind, timed, minutes_ahead, first, last, count)
SELECT victim_id, original_id, sender, kind, timed, minutes_ahead, min(moment), max(moment), count(*)
FROM (
    SELECT *, "precision" <> 'day' AS timed, (extract(epoch FROM at) * 1000000)::bigint AS moment FROM advocacy_record
) AS r
WHERE NOT EXISTS (SELECT FROM advocacy_hourcount AS h WHERE h.original_id = r.original_id)
GROUP BY victim_id, original_id, sender, kind, timed, minutes_ahead,
    floor((moment / 60000000.0 + minutes_ahead) / 60)
"""


class Migration(migrations.Migration):
    dependencies = [("advocacy", "0021_hours_of_records")]

    operations = [migrations.RunSQL(COUNT, migrations.RunSQL.noop)]
