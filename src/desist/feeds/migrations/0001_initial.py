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
                    name='Feed',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ref', models.CharField(default=desist.references.reference, max_length=12, unique=True)),
                        ('account', models.CharField(max_length=40)),
                        ('digest', models.CharField(max_length=64, unique=True)),
                        ('made_at', models.DateTimeField()),
                        ('revoked_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('revoked_at', None)), fields=('account',), name='one_calendar_address_at_a_time')],
                    },
                ),
                migrations.CreateModel(
                    name='FeedEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('ref', models.CharField(default=desist.references.reference, max_length=12)),
                        ('account', models.CharField(max_length=40)),
                        ('digest', models.CharField(max_length=64)),
                        ('made_at', models.DateTimeField()),
                        ('revoked_at', models.DateTimeField(null=True)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='feeds.feed')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='feed',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "feeds_feedevent" ("account", "digest", "id", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ref", "revoked_at") VALUES (NEW."account", NEW."digest", NEW."id", NEW."made_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."ref", NEW."revoked_at"); RETURN NULL;', hash='ff21393929dc9d902e683f21c11d97835676703b', operation='INSERT', pgid='pgtrigger_insert_insert_cd195', table='feeds_feed', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='feed',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "feeds_feedevent" ("account", "digest", "id", "made_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "ref", "revoked_at") VALUES (NEW."account", NEW."digest", NEW."id", NEW."made_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."ref", NEW."revoked_at"); RETURN NULL;', hash='f9dffeae1a930212635b731762e0b7983857861a', operation='UPDATE', pgid='pgtrigger_update_update_b707a', table='feeds_feed', when='AFTER')),
                ),
            ],
        ),
    ]
