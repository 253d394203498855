"""A side keeps keyed digests of the name of a client whom the police referred; no history does."""

import django.contrib.postgres.fields
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partnership', '0005_words_released_by_two'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='side',
            name='update_update',
        ),
        migrations.AddField(
            model_name='side',
            name='name_digests',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), blank=True, db_default=[], default=list, size=None),
        ),
        migrations.AlterField(
            model_name='happening',
            name='what',
            field=models.CharField(choices=[('started', 'Begun'), ('imported', 'Imported from a table'), ('sent', 'Sent to the programme'), ('amended', 'Amended, and the programme told'), ('attached', 'File attached'), ('removed', 'File removed'), ('file_released', 'File released by a second person'), ('file_recalled', 'File recalled'), ('file_stopped', 'The programme can no longer open the recalled file'), ('name_found', 'Words that may name the victim were found in it; the data protection officer was told'), ('alarm_answered', 'Words that looked like a locator were kept, with a reason'), ('withdrawn', 'Withdrawn, and the programme told'), ('decided', 'The programme decided'), ('progress', 'Progress update from the programme'), ('reported', 'Exit report received'), ('discarded', 'Draft discarded')], max_length=40),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='side',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD."advocacy" IS DISTINCT FROM (NEW."advocacy") OR OLD."area" IS DISTINCT FROM (NEW."area") OR OLD."asked_at" IS DISTINCT FROM (NEW."asked_at") OR OLD."crime_reference" IS DISTINCT FROM (NEW."crime_reference") OR OLD."how" IS DISTINCT FROM (NEW."how") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."made_at" IS DISTINCT FROM (NEW."made_at") OR OLD."made_by" IS DISTINCT FROM (NEW."made_by") OR OLD."pair" IS DISTINCT FROM (NEW."pair") OR OLD."ref" IS DISTINCT FROM (NEW."ref") OR OLD."state" IS DISTINCT FROM (NEW."state") OR OLD."submission" IS DISTINCT FROM (NEW."submission") OR OLD."thread" IS DISTINCT FROM (NEW."thread") OR OLD."version" IS DISTINCT FROM (NEW."version"))', func='INSERT INTO "partnership_sideevent" ("advocacy", "area", "asked_at", "crime_reference", "how", "id", "made_at", "made_by", "pair", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ref", "state", "submission", "thread", "version") VALUES (NEW."advocacy", NEW."area", NEW."asked_at", NEW."crime_reference", NEW."how", NEW."id", NEW."made_at", NEW."made_by", NEW."pair", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."ref", NEW."state", NEW."submission", NEW."thread", NEW."version"); RETURN NULL;', hash='fbdc52151557dcda836bb30386d0df6ebee08c65', operation='UPDATE', pgid='pgtrigger_update_update_5a525', table='partnership_side', when='AFTER')),
        ),
    ]
