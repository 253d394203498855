"""One more kind of account alert: a referral may name its victim."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0004_account_alert_kinds'),
    ]

    operations = [
        migrations.AlterField(
            model_name='accountalert',
            name='kind',
            field=models.CharField(choices=[('own_search', 'searched for their own name, address or number'), ('unassigned', 'opened many cases that are not assigned to them'), ('closed_case', 'went back to a closed case'), ('reveals', 'revealed more than a day’s work needs'), ('refusals', 'wrote words that were refused more often than the limit'), ('searches', 'searched for people more often than the limit'), ('victim_named', 'sent a referral with words that may name its victim'), ('emergency', 'opened a case by emergency access'), ('no_case', 'asked for emergency access to a case that could not be opened')], max_length=12),
        ),
        migrations.AlterField(
            model_name='accountalertevent',
            name='kind',
            field=models.CharField(choices=[('own_search', 'searched for their own name, address or number'), ('unassigned', 'opened many cases that are not assigned to them'), ('closed_case', 'went back to a closed case'), ('reveals', 'revealed more than a day’s work needs'), ('refusals', 'wrote words that were refused more often than the limit'), ('searches', 'searched for people more often than the limit'), ('victim_named', 'sent a referral with words that may name its victim'), ('emergency', 'opened a case by emergency access'), ('no_case', 'asked for emergency access to a case that could not be opened')], max_length=12),
        ),
    ]
