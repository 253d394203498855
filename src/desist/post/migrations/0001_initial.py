import desist.postgresql.migrations
import desist.references
import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
import uuid
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
                    name='Approval',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('digest', models.CharField(max_length=64)),
                        ('kind', models.CharField(max_length=40)),
                        ('case', models.CharField(blank=True, max_length=12)),
                        ('by', models.CharField(max_length=40)),
                        ('organisation', models.CharField(blank=True, max_length=40)),
                        ('at', models.DateTimeField()),
                        ('until', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('digest', 'by'), name='a_person_approves_once'), models.CheckConstraint(condition=models.Q(('until__gt', models.F('at'))), name='an_approval_holds_for_a_while')],
                    },
                ),
                migrations.CreateModel(
                    name='Inbox',
                    fields=[
                        ('ref', models.UUIDField(primary_key=True, serialize=False)),
                        ('sender', models.CharField(max_length=40)),
                        ('sealed', models.BinaryField()),
                        ('at', models.DateTimeField()),
                        ('arrived_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                        ('handled_at', models.DateTimeField(null=True)),
                        ('tries', models.IntegerField(db_default=0)),
                        ('next_at', models.DateTimeField(null=True)),
                        ('error', models.CharField(blank=True, db_default='', max_length=300)),
                        ('dead_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('dead_at', None), ('handled_at', None)), fields=['arrived_at'], name='inbox_waiting'), models.Index(condition=models.Q(('dead_at', None), _negated=True), fields=['dead_at'], name='inbox_dead')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('handled_at', None), ('dead_at', None), _connector='OR'), name='an_envelope_is_not_both_handled_and_dead')],
                    },
                ),
                migrations.CreateModel(
                    name='Outbox',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('ref', models.UUIDField(default=uuid.uuid4, unique=True)),
                        ('receiver', models.CharField(max_length=40)),
                        ('kind', models.CharField(max_length=40)),
                        ('sealed', models.BinaryField()),
                        ('at', models.DateTimeField()),
                        ('sent_at', models.DateTimeField(null=True)),
                        ('tries', models.IntegerField(default=0)),
                        ('next_at', models.DateTimeField(null=True)),
                        ('error', models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('sent_at', None)), fields=['receiver', 'id'], name='outbox_waiting'), models.Index(fields=['receiver', 'sent_at'], name='outbox_sent')],
                    },
                ),
                migrations.CreateModel(
                    name='Partner',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ref', models.CharField(default=desist.references.reference, max_length=12, unique=True)),
                        ('name', models.CharField(max_length=40, unique=True)),
                        ('zone', models.CharField(choices=[('programme', 'Programme'), ('participant', 'Participant'), ('advocacy', 'Advocacy'), ('partnership', 'Partnership'), ('commission', 'Commission'), ('public', 'Public')], max_length=20)),
                        ('title', models.CharField(max_length=120)),
                        ('transport', models.CharField(choices=[('courier', 'By the courier, within seconds'), ('file', 'As files that somebody carries'), ('by_hand', 'By hand: staff telephone')], max_length=20)),
                        ('keys', models.TextField(blank=True)),
                        ('phone', models.CharField(blank=True, max_length=30)),
                        ('area', models.CharField(blank=True, max_length=40)),
                        ('added_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('transport', 'by_hand'), models.Q(('keys', ''), _negated=True), _connector='OR'), name='a_partner_has_keys_or_a_telephone'), models.CheckConstraint(condition=models.Q(models.Q(('transport', 'by_hand'), _negated=True), models.Q(('phone', ''), _negated=True), _connector='OR'), name='a_partner_by_hand_has_a_telephone')],
                    },
                ),
                migrations.CreateModel(
                    name='ByHandTask',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ref', models.CharField(default=desist.references.reference, max_length=12, unique=True)),
                        ('kind', models.CharField(max_length=40)),
                        ('case', models.CharField(blank=True, max_length=12)),
                        ('thread', models.CharField(blank=True, max_length=40)),
                        ('about', models.CharField(blank=True, max_length=250)),
                        ('text', models.TextField()),
                        ('made_at', models.DateTimeField()),
                        ('due_at', models.DateTimeField()),
                        ('overtaken_at', models.DateTimeField(null=True)),
                        ('dropped_at', models.DateTimeField(null=True)),
                        ('told_whom', models.CharField(blank=True, max_length=80)),
                        ('told_at', models.DateTimeField(null=True)),
                        ('sealed_answer', models.BinaryField(default=bytes)),
                        ('by', models.CharField(blank=True, max_length=40)),
                        ('partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='tasks', to='post.partner')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('dropped_at', None), ('overtaken_at', None), ('told_at', None)), fields=['due_at'], name='by_hand_waiting')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('by', ''), ('told_at', None), ('told_whom', '')), models.Q(('dropped_at', None), ('overtaken_at', None), ('told_at__gte', models.F('made_at')), models.Q(('told_whom', ''), _negated=True), models.Q(('by', ''), _negated=True)), _connector='OR'), name='a_told_task_says_whom_and_by_whom')],
                    },
                ),
                migrations.CreateModel(
                    name='PartnerEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('ref', models.CharField(default=desist.references.reference, max_length=12)),
                        ('name', models.CharField(max_length=40)),
                        ('zone', models.CharField(choices=[('programme', 'Programme'), ('participant', 'Participant'), ('advocacy', 'Advocacy'), ('partnership', 'Partnership'), ('commission', 'Commission'), ('public', 'Public')], max_length=20)),
                        ('title', models.CharField(max_length=120)),
                        ('transport', models.CharField(choices=[('courier', 'By the courier, within seconds'), ('file', 'As files that somebody carries'), ('by_hand', 'By hand: staff telephone')], max_length=20)),
                        ('keys', models.TextField(blank=True)),
                        ('phone', models.CharField(blank=True, max_length=30)),
                        ('area', models.CharField(blank=True, max_length=40)),
                        ('added_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='post.partner')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Agreement',
                    fields=[
                        ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                        ('ref', models.CharField(default=desist.references.reference, max_length=12, unique=True)),
                        ('area', models.CharField(max_length=40)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('title', models.CharField(max_length=120)),
                        ('parties', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                        ('others', models.CharField(blank=True, max_length=400)),
                        ('purposes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('safety', 'To keep somebody safe'), ('sessions', 'To plan sessions and manage risk'), ('order', 'To keep or enforce an order'), ('place', 'To decide about the person’s place on the programme')], max_length=20), size=None)),
                        ('lawful_basis', models.TextField()),
                        ('begins_on', models.DateField()),
                        ('review_on', models.DateField()),
                        ('ends_on', models.DateField(null=True)),
                        ('document', models.CharField(blank=True, max_length=64)),
                        ('submission', models.CharField(max_length=64, unique=True)),
                        ('kept_by', models.CharField(max_length=40)),
                        ('kept_at', models.DateTimeField()),
                        ('ended_on', models.DateField(null=True)),
                        ('ended_by', models.CharField(blank=True, max_length=40)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['area', 'title'], name='agreements_of_an_area')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on', None), ('ends_on__gte', models.F('begins_on')), _connector='OR'), name='an_agreement_ends_after_it_begins'), models.CheckConstraint(condition=models.Q(models.Q(('parties', []), _negated=True), models.Q(('purposes', []), _negated=True)), name='an_agreement_has_parties_and_purposes')],
                    },
                ),
                migrations.CreateModel(
                    name='AgreementEvent',
                    fields=[
                        ('pgh_id', models.AutoField(primary_key=True, serialize=False)),
                        ('pgh_created_at', models.DateTimeField(auto_now_add=True)),
                        ('pgh_label', models.TextField(help_text='The event label.')),
                        ('id', models.BigIntegerField()),
                        ('ref', models.CharField(default=desist.references.reference, max_length=12)),
                        ('area', models.CharField(max_length=40)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('title', models.CharField(max_length=120)),
                        ('parties', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), size=None)),
                        ('others', models.CharField(blank=True, max_length=400)),
                        ('purposes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('safety', 'To keep somebody safe'), ('sessions', 'To plan sessions and manage risk'), ('order', 'To keep or enforce an order'), ('place', 'To decide about the person’s place on the programme')], max_length=20), size=None)),
                        ('lawful_basis', models.TextField()),
                        ('begins_on', models.DateField()),
                        ('review_on', models.DateField()),
                        ('ends_on', models.DateField(null=True)),
                        ('document', models.CharField(blank=True, max_length=64)),
                        ('submission', models.CharField(max_length=64)),
                        ('kept_by', models.CharField(max_length=40)),
                        ('kept_at', models.DateTimeField()),
                        ('ended_on', models.DateField(null=True)),
                        ('ended_by', models.CharField(blank=True, max_length=40)),
                        ('pgh_context', models.ForeignKey(db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='pghistory.context')),
                        ('pgh_obj', models.ForeignKey(db_constraint=False, on_delete=django.db.models.deletion.DO_NOTHING, related_name='events', to='post.agreement')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='agreement',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "post_agreementevent" ("area", "begins_on", "document", "ended_by", "ended_on", "ends_on", "id", "kept_at", "kept_by", "lawful_basis", "others", "parties", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purposes", "ref", "review_on", "submission", "title", "version") VALUES (NEW."area", NEW."begins_on", NEW."document", NEW."ended_by", NEW."ended_on", NEW."ends_on", NEW."id", NEW."kept_at", NEW."kept_by", NEW."lawful_basis", NEW."others", NEW."parties", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purposes", NEW."ref", NEW."review_on", NEW."submission", NEW."title", NEW."version"); RETURN NULL;', hash='172347cb4768cf63ffa2d4711fa04a44e85f3e64', operation='INSERT', pgid='pgtrigger_insert_insert_717fb', table='post_agreement', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='agreement',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "post_agreementevent" ("area", "begins_on", "document", "ended_by", "ended_on", "ends_on", "id", "kept_at", "kept_by", "lawful_basis", "others", "parties", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purposes", "ref", "review_on", "submission", "title", "version") VALUES (NEW."area", NEW."begins_on", NEW."document", NEW."ended_by", NEW."ended_on", NEW."ends_on", NEW."id", NEW."kept_at", NEW."kept_by", NEW."lawful_basis", NEW."others", NEW."parties", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purposes", NEW."ref", NEW."review_on", NEW."submission", NEW."title", NEW."version"); RETURN NULL;', hash='70f25afa5bed5c004802c915d434d917c9c57a1e', operation='UPDATE', pgid='pgtrigger_update_update_13e40', table='post_agreement', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partner',
                    trigger=pgtrigger.compiler.Trigger(name='insert_insert', sql=pgtrigger.compiler.UpsertTriggerSql(func='INSERT INTO "post_partnerevent" ("added_at", "area", "ended_at", "id", "keys", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "ref", "title", "transport", "zone") VALUES (NEW."added_at", NEW."area", NEW."ended_at", NEW."id", NEW."keys", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."ref", NEW."title", NEW."transport", NEW."zone"); RETURN NULL;', hash='8f97d4cf3c247e3ae90ba4f3132dea0d0d84ed7f', operation='INSERT', pgid='pgtrigger_insert_insert_703ba', table='post_partner', when='AFTER')),
                ),
                pgtrigger.migrations.AddTrigger(
                    model_name='partner',
                    trigger=pgtrigger.compiler.Trigger(name='update_update', sql=pgtrigger.compiler.UpsertTriggerSql(condition='WHEN (OLD.* IS DISTINCT FROM NEW.*)', func='INSERT INTO "post_partnerevent" ("added_at", "area", "ended_at", "id", "keys", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "ref", "title", "transport", "zone") VALUES (NEW."added_at", NEW."area", NEW."ended_at", NEW."id", NEW."keys", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."ref", NEW."title", NEW."transport", NEW."zone"); RETURN NULL;', hash='88f2aebec97075087e7eb0961758c331f69c6fe2', operation='UPDATE', pgid='pgtrigger_update_update_2f093', table='post_partner', when='AFTER')),
                ),
            ],
        ),
    ]
