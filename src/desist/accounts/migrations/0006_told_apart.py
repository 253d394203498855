"""Two administrators tell two accounts apart that look like one person."""

import desist.references
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0005_account_alert_of_a_victim_named'),
        ('pghistory', '0007_auto_20250421_0444'),
    ]

    operations = [
        migrations.CreateModel(
            name='ToldApartEvent',
            fields=[
                ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                ('pgh_label', models.TextField(help_text='The event label.')),
                ('id', models.BigIntegerField()),
                ('ref', models.CharField(default=desist.references.reference, max_length=12)),
                ('one', models.CharField(max_length=40)),
                ('other', models.CharField(max_length=40)),
                ('reason', models.CharField(max_length=300)),
                ('asked_by', models.CharField(max_length=40)),
                ('asked_at', models.DateTimeField()),
                ('confirmed_by', models.CharField(blank=True, max_length=40)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('ended_by', models.CharField(blank=True, max_length=40)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='ToldApart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=desist.references.reference, max_length=12, unique=True)),
                ('one', models.CharField(max_length=40)),
                ('other', models.CharField(max_length=40)),
                ('reason', models.CharField(max_length=300)),
                ('asked_by', models.CharField(max_length=40)),
                ('asked_at', models.DateTimeField()),
                ('confirmed_by', models.CharField(blank=True, max_length=40)),
                ('confirmed_at', models.DateTimeField(null=True)),
                ('ended_by', models.CharField(blank=True, max_length=40)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('one', 'other'), name='two_accounts_are_told_apart_once'), models.CheckConstraint(condition=models.Q(('one__lt', models.F('other'))), name='accounts_told_apart_have_an_order'), models.CheckConstraint(condition=models.Q(models.Q(('asked_by', models.F('one')), _negated=True), models.Q(('asked_by', models.F('other')), _negated=True)), name='nobody_tells_themselves_apart'), models.CheckConstraint(condition=models.Q(models.Q(('confirmed_at', None), ('confirmed_by', '')), models.Q(('confirmed_at__isnull', False), models.Q(('confirmed_by__in', ['', models.F('asked_by'), models.F('one'), models.F('other')]), _negated=True)), _connector='OR'), name='another_administrator_confirms'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', '')), models.Q(('ended_at__isnull', False), models.Q(('ended_by', ''), _negated=True)), _connector='OR'), name='what_was_told_apart_is_ended_by_an_account')],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='toldapart',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "accounts_toldapartevent" ("asked_at", "asked_by", "confirmed_at", "confirmed_by", "ended_at", "ended_by", "id", "one", "other", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "ref") VALUES (NEW."asked_at", NEW."asked_by", NEW."confirmed_at", NEW."confirmed_by", NEW."ended_at", NEW."ended_by", NEW."id", NEW."one", NEW."other", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."ref"); RETURN NULL;', hash='e448308db68260fc010484417d9f495396d81ba2', operation='INSERT', pgid='pgtrigger_insert_insert_363c1', table='accounts_toldapart', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='toldapart',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "accounts_toldapartevent" ("asked_at", "asked_by", "confirmed_at", "confirmed_by", "ended_at", "ended_by", "id", "one", "other", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "ref") VALUES (NEW."asked_at", NEW."asked_by", NEW."confirmed_at", NEW."confirmed_by", NEW."ended_at", NEW."ended_by", NEW."id", NEW."one", NEW."other", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."ref"); RETURN NULL;', hash='8baaac10bc607e585e8340755e5b0cf2e0caf00c', operation='UPDATE', pgid='pgtrigger_update_update_b5c62', table='accounts_toldapart', when='AFTER')),
        ),
        migrations.AddField(
            model_name='toldapartevent',
            name='pgh_context',
            field=models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context'),
        ),
        migrations.AddField(
            model_name='toldapartevent',
            name='pgh_obj',
            field=models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='accounts.toldapart'),
        ),
    ]
