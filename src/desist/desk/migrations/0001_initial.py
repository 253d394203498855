import desist.postgresql.migrations
import desist.references
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        desist.postgresql.migrations.AtOnce(
            operations=[
                migrations.CreateModel(
                    name='DutyNumber',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ref', models.CharField(default=desist.references.reference, max_length=12, unique=True)),
                        ('area', models.CharField(max_length=40)),
                        ('title', models.CharField(max_length=80)),
                        ('number', models.CharField(max_length=20)),
                        ('added_by', models.CharField(max_length=40)),
                        ('added_at', models.DateTimeField()),
                        ('ended_by', models.CharField(blank=True, max_length=40)),
                        ('ended_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('area', 'number'), name='a_duty_number_is_listed_once'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', '')), models.Q(('ended_at__isnull', False), models.Q(('ended_by', ''), _negated=True)), _connector='OR'), name='an_ended_duty_number_says_by_whom')],
                    },
                ),
                migrations.CreateModel(
                    name='DutyNumberEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('ref', models.CharField(default=desist.references.reference, max_length=12)),
                        ('area', models.CharField(max_length=40)),
                        ('title', models.CharField(max_length=80)),
                        ('number', models.CharField(max_length=20)),
                        ('added_by', models.CharField(max_length=40)),
                        ('added_at', models.DateTimeField()),
                        ('ended_by', models.CharField(blank=True, max_length=40)),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='desk.dutynumber')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Alert',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ref', models.CharField(default=desist.references.reference, max_length=12, unique=True)),
                        ('way', models.CharField(choices=[('in', 'To us'), ('out', 'From us')], default='in', max_length=4)),
                        ('case', models.CharField(max_length=12)),
                        ('area', models.CharField(max_length=40)),
                        ('partner', models.CharField(max_length=40)),
                        ('thread', models.CharField(max_length=40)),
                        ('reason', models.CharField(choices=[('concern', 'A practitioner is concerned'), ('withdrew', 'The person withdrew'), ('advocate', 'An advocate asks you to ring'), ('police', 'The police ask you to ring')], max_length=20)),
                        ('contact', models.CharField(blank=True, max_length=120)),
                        ('raised_at', models.DateTimeField()),
                        ('received_at', models.DateTimeField()),
                        ('due_at', models.DateTimeField()),
                        ('acknowledged_by', models.CharField(blank=True, max_length=40)),
                        ('acknowledged_at', models.DateTimeField(null=True)),
                        ('sealed_note', models.BinaryField(default=bytes)),
                        ('escalated_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('acknowledged_at', None)), fields=['due_at'], name='alerts_waiting'), models.Index(fields=['thread', 'raised_at'], name='alerts_of_a_thread')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('acknowledged_at', None), ('acknowledged_by', '')), models.Q(models.Q(('acknowledged_by', ''), _negated=True), ('acknowledged_at__isnull', False)), _connector='OR'), name='an_acknowledgement_has_who_and_when')],
                    },
                ),
                migrations.CreateModel(
                    name='AlertEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('ref', models.CharField(default=desist.references.reference, max_length=12)),
                        ('way', models.CharField(choices=[('in', 'To us'), ('out', 'From us')], default='in', max_length=4)),
                        ('case', models.CharField(max_length=12)),
                        ('area', models.CharField(max_length=40)),
                        ('partner', models.CharField(max_length=40)),
                        ('thread', models.CharField(max_length=40)),
                        ('reason', models.CharField(choices=[('concern', 'A practitioner is concerned'), ('withdrew', 'The person withdrew'), ('advocate', 'An advocate asks you to ring'), ('police', 'The police ask you to ring')], max_length=20)),
                        ('contact', models.CharField(blank=True, max_length=120)),
                        ('raised_at', models.DateTimeField()),
                        ('received_at', models.DateTimeField()),
                        ('due_at', models.DateTimeField()),
                        ('acknowledged_by', models.CharField(blank=True, max_length=40)),
                        ('acknowledged_at', models.DateTimeField(null=True)),
                        ('sealed_note', models.BinaryField(default=bytes)),
                        ('escalated_at', models.DateTimeField(null=True)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='desk.alert')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Ring',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('sealed_whom', models.BinaryField(default=bytes)),
                        ('sealed_answer', models.BinaryField(default=bytes)),
                        ('by', models.CharField(max_length=40)),
                        ('at', models.DateTimeField()),
                        ('submission', models.CharField(max_length=64, unique=True)),
                        ('alert', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rings', to='desk.alert')),
                    ],
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='alert',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "desk_alertevent" ("acknowledged_at", "acknowledged_by", "area", "case", "contact", "due_at", "escalated_at", "id", "partner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "reason", "received_at", "ref", "sealed_note", "thread", "way") VALUES (NEW."acknowledged_at", NEW."acknowledged_by", NEW."area", NEW."case", NEW."contact", NEW."due_at", NEW."escalated_at", NEW."id", NEW."partner", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."raised_at", NEW."reason", NEW."received_at", NEW."ref", NEW."sealed_note", NEW."thread", NEW."way"); RETURN NULL;', hash='7a3351683a5856455739328e861c174649a5b314', operation='INSERT', pgid='pgtrigger_insert_insert_bc64f', table='desk_alert', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='alert',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "desk_alertevent" ("acknowledged_at", "acknowledged_by", "area", "case", "contact", "due_at", "escalated_at", "id", "partner", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "raised_at", "reason", "received_at", "ref", "sealed_note", "thread", "way") VALUES (NEW."acknowledged_at", NEW."acknowledged_by", NEW."area", NEW."case", NEW."contact", NEW."due_at", NEW."escalated_at", NEW."id", NEW."partner", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."raised_at", NEW."reason", NEW."received_at", NEW."ref", NEW."sealed_note", NEW."thread", NEW."way"); RETURN NULL;', hash='79fd828b7545f5c23646b3f462e406afdb1dcfd6', operation='UPDATE', pgid='pgtrigger_update_update_151d9', table='desk_alert', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='dutynumber',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "desk_dutynumberevent" ("added_at", "added_by", "area", "ended_at", "ended_by", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ref", "title") VALUES (NEW."added_at", NEW."added_by", NEW."area", NEW."ended_at", NEW."ended_by", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."ref", NEW."title"); RETURN NULL;', hash='d0caa2f799930af605e5b6dd46727242f618b5f1', operation='INSERT', pgid='pgtrigger_insert_insert_df082', table='desk_dutynumber', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='dutynumber',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "desk_dutynumberevent" ("added_at", "added_by", "area", "ended_at", "ended_by", "id", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ref", "title") VALUES (NEW."added_at", NEW."added_by", NEW."area", NEW."ended_at", NEW."ended_by", NEW."id", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."ref", NEW."title"); RETURN NULL;', hash='5470999ca2d03002513bd486bb3d09fe08d5791f', operation='UPDATE', pgid='pgtrigger_update_update_9869b', table='desk_dutynumber', when='AFTER')),
                ),
            ],
        ),
    ]
