"""Partners follow a rotation of keys; times in which the post needs a person are kept."""

import desist.references
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('post', '0003_what_fields_hold'),
    ]

    operations = [
        migrations.CreateModel(
            name='Trouble',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(db_comment='Random reference; says nothing about what it names', default=desist.references.reference, max_length=12, unique=True)),
                ('began_at', models.DateTimeField(db_comment='When it was noticed')),
                ('told_at', models.DateTimeField(db_comment='When an e-mail without content last went out', null=True)),
                ('next_at', models.DateTimeField(db_comment='When the next e-mail is due')),
                ('ended_at', models.DateTimeField(db_comment='When nothing was dead or late any more', null=True)),
            ],
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partner',
            name='insert_insert',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='partner',
            name='update_update',
        ),
        migrations.AddField(
            model_name='partner',
            name='knows_key',
            field=models.CharField(blank=True, db_comment='Id of this site’s key set that it confirmed; empty: none', db_default='', default='', max_length=8),
        ),
        migrations.AddField(
            model_name='partner',
            name='offered_keys',
            field=models.TextField(blank=True, db_comment='The keys that it sent then and nobody has compared yet', db_default='', default=''),
        ),
        migrations.AddField(
            model_name='partner',
            name='told_at',
            field=models.DateTimeField(db_comment='When it was told of it', null=True),
        ),
        migrations.AddField(
            model_name='partner',
            name='told_key',
            field=models.CharField(blank=True, db_comment='Id of this site’s key set that it was told of last', db_default='', default='', max_length=8),
        ),
        migrations.AddField(
            model_name='partner',
            name='withdrawn_at',
            field=models.DateTimeField(db_comment='When it withdrew its keys, as they may be known to others; empty once people compared the new digits', null=True),
        ),
        migrations.AddField(
            model_name='partnerevent',
            name='knows_key',
            field=models.CharField(blank=True, db_comment='Id of this site’s key set that it confirmed; empty: none', db_default='', default='', max_length=8),
        ),
        migrations.AddField(
            model_name='partnerevent',
            name='offered_keys',
            field=models.TextField(blank=True, db_comment='The keys that it sent then and nobody has compared yet', db_default='', default=''),
        ),
        migrations.AddField(
            model_name='partnerevent',
            name='told_at',
            field=models.DateTimeField(db_comment='When it was told of it', null=True),
        ),
        migrations.AddField(
            model_name='partnerevent',
            name='told_key',
            field=models.CharField(blank=True, db_comment='Id of this site’s key set that it was told of last', db_default='', default='', max_length=8),
        ),
        migrations.AddField(
            model_name='partnerevent',
            name='withdrawn_at',
            field=models.DateTimeField(db_comment='When it withdrew its keys, as they may be known to others; empty once people compared the new digits', null=True),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partner',
            trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "post_partnerevent" ("added_at", "area", "ended_at", "id", "keys", "knows_key", "name", "offered_keys", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "ref", "title", "told_at", "told_key", "transport", "withdrawn_at", "zone") VALUES (NEW."added_at", NEW."area", NEW."ended_at", NEW."id", NEW."keys", NEW."knows_key", NEW."name", NEW."offered_keys", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."ref", NEW."title", NEW."told_at", NEW."told_key", NEW."transport", NEW."withdrawn_at", NEW."zone"); RETURN NULL;', hash='dc14ef9f85894708e73dd692aae2b06945f7c735', operation='INSERT', pgid='pgtrigger_insert_insert_703ba', table='post_partner', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='partner',
            trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "post_partnerevent" ("added_at", "area", "ended_at", "id", "keys", "knows_key", "name", "offered_keys", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "ref", "title", "told_at", "told_key", "transport", "withdrawn_at", "zone") VALUES (NEW."added_at", NEW."area", NEW."ended_at", NEW."id", NEW."keys", NEW."knows_key", NEW."name", NEW."offered_keys", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."ref", NEW."title", NEW."told_at", NEW."told_key", NEW."transport", NEW."withdrawn_at", NEW."zone"); RETURN NULL;', hash='784fd54e55558e83541ba9e49284dda4fb44b36d', operation='UPDATE', pgid='pgtrigger_update_update_2f093', table='post_partner', when='AFTER')),
        ),
        migrations.AddConstraint(
            model_name='trouble',
            constraint=models.UniqueConstraint(models.Q(('ended_at', None)), condition=models.Q(('ended_at', None)), name='one_trouble_at_a_time'),
        ),
    ]
