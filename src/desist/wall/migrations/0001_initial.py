import desist.references
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AuditSeal',
            fields=[
                ('position', models.BigIntegerField(primary_key=True, serialize=False)),
                ('event_id', models.BigIntegerField(unique=True)),
                ('link', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Reviewer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=desist.references.reference, max_length=12, unique=True)),
                ('name', models.CharField(max_length=80)),
                ('phone', models.CharField(max_length=30)),
                ('named_by', models.CharField(max_length=40)),
                ('named_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name='AuditEvent',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField()),
                ('who', models.CharField(max_length=40)),
                ('role', models.CharField(max_length=40)),
                ('action', models.CharField(max_length=60)),
                ('row', models.CharField(max_length=80)),
                ('allowed', models.BooleanField()),
                ('reason', models.CharField(max_length=200)),
                ('correlation', models.UUIDField()),
            ],
            options={
                'indexes': [models.Index(fields=['row', 'id'], name='audit_of_a_row'), models.Index(fields=['who', 'id'], name='audit_of_a_person'), models.Index(fields=['at'], name='audit_by_time')],
            },
        ),
        migrations.CreateModel(
            name='Exclusion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=desist.references.reference, max_length=12, unique=True)),
                ('case', models.CharField(max_length=12)),
                ('account', models.CharField(max_length=40)),
                ('allowed', models.BooleanField()),
                ('reason', models.CharField(max_length=200)),
                ('made_by', models.CharField(max_length=40)),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['account', 'allowed'], name='exclusions_of_an_account')],
                'constraints': [models.UniqueConstraint(fields=('case', 'account'), name='one_answer_per_case_and_account')],
            },
        ),
        migrations.CreateModel(
            name='Restriction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=desist.references.reference, max_length=12, unique=True)),
                ('case', models.CharField(max_length=12)),
                ('reason', models.CharField(max_length=200)),
                ('made_by', models.CharField(max_length=40)),
                ('made_at', models.DateTimeField()),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('case',), name='one_restriction_at_a_time'), models.CheckConstraint(condition=models.Q(('ended_at', None), ('ended_at__gte', models.F('made_at')), _connector='OR'), name='restriction_ends_after_it_starts')],
            },
        ),
    ]
