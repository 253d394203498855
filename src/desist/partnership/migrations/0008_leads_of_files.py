"""What was found in a held file is kept with it; two more reasons why it may be sent."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partnership', '0007_whose_a_place_is'),
    ]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='leads',
            field=models.BinaryField(null=True),
        ),
        migrations.AlterField(
            model_name='attachment',
            name='reason',
            field=models.CharField(blank=True, choices=[('referred_person', 'It belongs to the person who stalks, and nobody else lives or works there'), ('agency', 'It belongs to a police station, court or service'), ('number', 'It is a crime, custody or court reference'), ('not_a_place', 'It is not an address, number or e-mail at all'), ('nobody_protected', 'Nobody who is protected is meant, and it leads to none of them'), ('witness', 'It belongs to a witness, who agreed that it is passed on'), ('picture', 'I looked at the picture: nobody can be found by it')], db_default='', max_length=40),
        ),
    ]
