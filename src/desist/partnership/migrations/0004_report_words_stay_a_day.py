"""The words of a report stay a day after its crime reference."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partnership', '0003_breach_steps'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='report',
            name='a_recorded_report_has_its_reference_and_no_words',
        ),
        migrations.AddField(
            model_name='report',
            name='empties_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='report',
            index=models.Index(condition=models.Q(('empties_at__isnull', False)), fields=['empties_at'], name='reports_to_empty'),
        ),
        migrations.AddConstraint(
            model_name='report',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('crime_reference', ''), ('empties_at', None), ('recorded_at', None), ('recorded_by', ''), ('state', 'open')), models.Q(('recorded_at__isnull', False), ('state', 'recorded'), models.Q(('empties_at__isnull', False), models.Q(('account', ''), ('effect', ''), ('kept', ''), ('witnesses', '')), _connector='OR'), models.Q(('crime_reference', ''), _negated=True), models.Q(('recorded_by', ''), _negated=True)), _connector='OR'), name='a_recorded_report_has_its_reference_and_words_for_a_day'),
        ),
    ]
