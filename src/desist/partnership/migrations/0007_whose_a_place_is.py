"""A reason for words that may stay says whose place it is, and two answers about a breach read as they are said."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partnership', '0006_names_of_victims_as_digests'),
    ]

    operations = [
        migrations.AlterField(
            model_name='attachment',
            name='reason',
            field=models.CharField(blank=True, choices=[('referred_person', 'It belongs to the person who stalks, and nobody else lives or works there'), ('agency', 'It belongs to a police station, court or service'), ('number', 'It is a crime, custody or court reference'), ('not_a_place', 'It is not an address, number or e-mail at all'), ('nobody_protected', 'Nobody who is protected is meant, and it leads to none of them')], db_default='', max_length=40),
        ),
        migrations.AlterField(
            model_name='breach',
            name='decision',
            field=models.CharField(blank=True, choices=[('arrest', 'Arrest'), ('charge', 'Charge or summons'), ('investigate', 'Investigation continues, with a named officer'), ('warning', 'Words of advice'), ('excuse', 'Reasonable excuse accepted'), ('no_breach', 'No breach on inquiry'), ('no_action', 'No further action')], max_length=20),
        ),
        migrations.AlterField(
            model_name='breach',
            name='source',
            field=models.CharField(choices=[('protected', 'The protected person, or someone on their behalf'), ('officer', 'An officer'), ('programme', 'The programme’s attendance certificate'), ('partner', 'A partner agency'), ('public', 'A member of the public'), ('monitoring', 'Device checks or monitoring')], max_length=20),
        ),
        migrations.AlterField(
            model_name='breachevent',
            name='decision',
            field=models.CharField(blank=True, choices=[('arrest', 'Arrest'), ('charge', 'Charge or summons'), ('investigate', 'Investigation continues, with a named officer'), ('warning', 'Words of advice'), ('excuse', 'Reasonable excuse accepted'), ('no_breach', 'No breach on inquiry'), ('no_action', 'No further action')], max_length=20),
        ),
        migrations.AlterField(
            model_name='breachevent',
            name='source',
            field=models.CharField(choices=[('protected', 'The protected person, or someone on their behalf'), ('officer', 'An officer'), ('programme', 'The programme’s attendance certificate'), ('partner', 'A partner agency'), ('public', 'A member of the public'), ('monitoring', 'Device checks or monitoring')], max_length=20),
        ),
    ]
