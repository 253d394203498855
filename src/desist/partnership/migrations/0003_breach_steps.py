"""What becomes of the person after a breach."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partnership', '0002_files_released_and_recalled'),
    ]

    operations = [
        migrations.CreateModel(
            name='BreachStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('arrested', 'Arrested'), ('bailed', 'Released on bail'), ('charged', 'Charged'), ('hearing', 'Hearing at court'), ('outcome', 'Outcome of the case'), ('released', 'Released from custody')], max_length=12)),
                ('on', models.DateField()),
                ('bail_conditions', models.BooleanField(null=True)),
                ('submission', models.CharField(max_length=64, unique=True)),
                ('by', models.CharField(max_length=40)),
                ('at', models.DateTimeField()),
                ('breach', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='partnership.breach')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('bail_conditions__isnull', False), ('kind', 'bailed')), models.Q(models.Q(('kind', 'bailed'), _negated=True), ('bail_conditions', None)), _connector='OR'), name='bail_alone_has_conditions_or_none')],
            },
        ),
    ]
