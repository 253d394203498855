import desist.references
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('advocacy', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Allowance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=desist.references.reference, max_length=12, unique=True)),
                ('account', models.CharField(max_length=40)),
                ('area', models.CharField(max_length=40)),
                ('limit', models.CharField(choices=[('reveals', 'Reveals'), ('refusals', 'Refused words')], max_length=12)),
                ('day', models.DateField()),
                ('more', models.PositiveSmallIntegerField()),
                ('given_by', models.CharField(max_length=40)),
                ('given_at', models.DateTimeField()),
                ('submission', models.CharField(max_length=64, unique=True)),
            ],
            options={
                'indexes': [models.Index(fields=['account', 'day'], name='allowances_of_an_account')],
                'constraints': [models.CheckConstraint(condition=models.Q(('given_by', models.F('account')), _negated=True), name='nobody_allows_themselves_more')],
            },
        ),
    ]
