import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('advocacy', '0035_disclosures_to_save_a_life'),
    ]

    operations = [
        migrations.CreateModel(
            name='IncidentFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('put_by', models.CharField(db_comment='Account that put it on the incident', max_length=40)),
                ('put_at', models.DateTimeField(db_comment='When it was put on the incident')),
                ('incident', models.ForeignKey(db_comment='Incident that it is on', db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='files', to='advocacy.incident')),
                ('original', models.ForeignKey(db_comment='File that is on it', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='advocacy.original')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('incident', 'original'), name='a_file_is_on_an_incident_once')],
            },
        ),
    ]
