"""Words of an order that a second person released, and what services and advocates were told of them."""

import desist.references
import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partnership', '0004_report_words_stay_a_day'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='Clearance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=desist.references.reference, max_length=12, unique=True)),
                ('token', models.CharField(max_length=40, unique=True)),
                ('asked_at', models.DateTimeField()),
                ('answer', models.CharField(blank=True, choices=[('cleared', 'Cleared'), ('refused', 'Refused')], max_length=12)),
                ('answered_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='ClientNotice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('told_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=desist.references.reference, max_length=12, unique=True)),
                ('state', models.CharField(choices=[('asked', 'Waiting for a second person'), ('released', 'Released'), ('sent_back', 'Sent back: not released'), ('overtaken', 'Overtaken: asked for again')], default='asked', max_length=12)),
                ('digests', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), size=None)),
                ('reason', models.CharField(choices=[('served', 'The person was served with these words before'), ('in_court', 'The court said these words to the person'), ('own', 'It is the person’s own home, work, school or family'), ('needed', 'The person cannot keep the condition without them'), ('harmless', 'Nothing in them leads to the protected person')], max_length=12)),
                ('words', models.TextField()),
                ('asked_by', models.CharField(max_length=40)),
                ('asked_at', models.DateTimeField()),
                ('answer_by', models.DateTimeField(null=True)),
                ('without_words', models.TextField(blank=True)),
                ('without_by', models.CharField(blank=True, max_length=40)),
                ('without_at', models.DateTimeField(null=True)),
                ('decided_by', models.CharField(blank=True, max_length=40)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_words', models.TextField(blank=True)),
                ('submission', models.CharField(max_length=64, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='ReleaseEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('ref', models.CharField(default=desist.references.reference, max_length=12)),
                ('state', models.CharField(choices=[('asked', 'Waiting for a second person'), ('released', 'Released'), ('sent_back', 'Sent back: not released'), ('overtaken', 'Overtaken: asked for again')], default='asked', max_length=12)),
                ('digests', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), size=None)),
                ('reason', models.CharField(choices=[('served', 'The person was served with these words before'), ('in_court', 'The court said these words to the person'), ('own', 'It is the person’s own home, work, school or family'), ('needed', 'The person cannot keep the condition without them'), ('harmless', 'Nothing in them leads to the protected person')], max_length=12)),
                ('words', models.TextField()),
                ('asked_by', models.CharField(max_length=40)),
                ('asked_at', models.DateTimeField()),
                ('answer_by', models.DateTimeField(null=True)),
                ('without_words', models.TextField(blank=True)),
                ('without_by', models.CharField(blank=True, max_length=40)),
                ('without_at', models.DateTimeField(null=True)),
                ('decided_by', models.CharField(blank=True, max_length=40)),
                ('decided_at', models.DateTimeField(null=True)),
                ('decided_words', models.TextField(blank=True)),
                ('submission', models.CharField(max_length=64)),
            ],
            options={
                'abstract': False,
            },
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='condition',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='condition',
            name='update_update',
        ),
        migrations.AddField(
            model_name='condition',
            name='area_kinds',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('home', 'Home'), ('work', 'Workplace'), ('school', 'School, college or nursery'), ('family', 'Home of family or friends'), ('route', 'A route'), ('named', 'A named place'), ('map', 'An area on the court’s map'), ('other', 'Another area')], max_length=12), db_default=[], default=list, size=None),
        ),
        migrations.AddField(
            model_name='condition',
            name='protects',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), db_default=[], default=list, size=None),
        ),
        migrations.AddField(
            model_name='conditionevent',
            name='area_kinds',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('home', 'Home'), ('work', 'Workplace'), ('school', 'School, college or nursery'), ('family', 'Home of family or friends'), ('route', 'A route'), ('named', 'A named place'), ('map', 'An area on the court’s map'), ('other', 'Another area')], max_length=12), db_default=[], default=list, size=None),
        ),
        migrations.AddField(
            model_name='conditionevent',
            name='protects',
            field=django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=24), db_default=[], default=list, size=None),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='condition',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partnership_conditionevent" ("area_kinds", "area_words", "begins_on", "channel", "checked", "ends_on", "id", "kind", "necessity", "number", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protects", "ref", "text") VALUES (NEW."area_kinds", NEW."area_words", NEW."begins_on", NEW."channel", NEW."checked", NEW."ends_on", NEW."id", NEW."kind", NEW."necessity", NEW."number", NEW."order_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."protects", NEW."ref", NEW."text"); RETURN NULL;', hash='7ce188121663d8e8cb385b4c330a7da32f46faa7', operation='INSERT', pgid='pgtrigger_insert_insert_e2682', table='partnership_condition', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='condition',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "partnership_conditionevent" ("area_kinds", "area_words", "begins_on", "channel", "checked", "ends_on", "id", "kind", "necessity", "number", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "protects", "ref", "text") VALUES (NEW."area_kinds", NEW."area_words", NEW."begins_on", NEW."channel", NEW."checked", NEW."ends_on", NEW."id", NEW."kind", NEW."necessity", NEW."number", NEW."order_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."protects", NEW."ref", NEW."text"); RETURN NULL;', hash='782713108762721218f6d62a15f99872f2eeb287', operation='UPDATE', pgid='pgtrigger_update_update_02806', table='partnership_condition', when='AFTER')),
        ),
        migrations.AddField(
            model_name='clearance',
            name='side',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clearances', to='partnership.side'),
        ),
        migrations.AddField(
            model_name='clientnotice',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='client_notices', to='partnership.order'),
        ),
        migrations.AddField(
            model_name='clientnotice',
            name='side',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='client_notices', to='partnership.side'),
        ),
        migrations.AddField(
            model_name='release',
            name='order',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='releases', to='partnership.order'),
        ),
        migrations.AddField(
            model_name='clearance',
            name='release',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clearances', to='partnership.release'),
        ),
        migrations.AddField(
            model_name='releaseevent',
            name='order',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', related_query_name='+', to='partnership.order'),
        ),
        migrations.AddField(
            model_name='releaseevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='releaseevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='partnership.release'),
        ),
        migrations.AddConstraint(
            model_name='clientnotice',
            constraint=models.UniqueConstraint(fields=('order', 'side'), name='an_order_is_told_to_a_side_once'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', ''), ('state', 'asked')), models.Q(models.Q(('state', 'asked'), _negated=True), models.Q(('decided_by', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='a_decided_release_has_who_and_when'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'released'), _negated=True), models.Q(('decided_by', models.F('asked_by')), _negated=True), _connector='OR'), name='nobody_releases_what_they_asked_for'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.CheckConstraint(condition=models.Q(('digests__len__gt', 0)), name='a_release_is_of_some_words'),
        ),
        migrations.AddConstraint(
            model_name='release',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('order',), name='one_release_is_asked_at_a_time'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='release',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "partnership_releaseevent" ("answer_by", "asked_at", "asked_by", "decided_at", "decided_by", "decided_words", "digests", "id", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "ref", "state", "submission", "without_at", "without_by", "without_words", "words") VALUES (NEW."answer_by", NEW."asked_at", NEW."asked_by", NEW."decided_at", NEW."decided_by", NEW."decided_words", NEW."digests", NEW."id", NEW."order_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."ref", NEW."state", NEW."submission", NEW."without_at", NEW."without_by", NEW."without_words", NEW."words"); RETURN NULL;', hash='e6891d271af8773d0962f6c6426f2d393ef01c45', operation='INSERT', pgid='pgtrigger_insert_insert_ee395', table='partnership_release', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='release',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "partnership_releaseevent" ("answer_by", "asked_at", "asked_by", "decided_at", "decided_by", "decided_words", "digests", "id", "order_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "ref", "state", "submission", "without_at", "without_by", "without_words", "words") VALUES (NEW."answer_by", NEW."asked_at", NEW."asked_by", NEW."decided_at", NEW."decided_by", NEW."decided_words", NEW."digests", NEW."id", NEW."order_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."ref", NEW."state", NEW."submission", NEW."without_at", NEW."without_by", NEW."without_words", NEW."words"); RETURN NULL;', hash='35eb7524c9b99b3435d5d6bf5a4fc01b0587ff88', operation='UPDATE', pgid='pgtrigger_update_update_b2b12', table='partnership_release', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='clearance',
            constraint=models.UniqueConstraint(fields=('release', 'side'), name='a_service_is_asked_once'),
        ),
        migrations.AddConstraint(
            model_name='clearance',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='an_answered_clearance_has_its_moment'),
        ),
    ]
