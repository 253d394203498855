"""A second person can allow more calls in a day."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('advocacy', '0005_reveal_alerts'),
    ]

    operations = [
        migrations.AlterField(
            model_name='allowance',
            name='limit',
            field=models.CharField(choices=[('reveals', 'Reveals'), ('calls', 'Clients opened for calls'), ('refusals', 'Refused words')], max_length=12),
        ),
    ]
