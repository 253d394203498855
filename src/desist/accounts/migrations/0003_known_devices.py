from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_account_alerts'),
    ]

    operations = [
        migrations.AddField(
            model_name='signin',
            name='known_device',
            field=models.CharField(blank=True, db_default='', default='', max_length=64),
        ),
    ]
