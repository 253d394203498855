from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('partnership', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='attachment',
            name='held',
            field=models.BooleanField(db_default=False, default=False),
        ),
        migrations.AddField(
            model_name='attachment',
            name='opened',
            field=models.PositiveIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='attachment',
            name='reason',
            field=models.CharField(blank=True, choices=[('referred_person', 'It is the referred person’s own, and nobody else lives or works there'), ('agency', 'It belongs to a police station, court or service'), ('number', 'It is a crime, custody or court reference'), ('not_a_place', 'It is not an address, number or e-mail at all'), ('nobody_protected', 'Nobody who is protected is meant, and it leads to none of them')], db_default='', max_length=40),
        ),
        migrations.AddField(
            model_name='attachment',
            name='reason_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='attachment',
            name='reason_by',
            field=models.CharField(blank=True, db_default='', max_length=40),
        ),
        migrations.AddField(
            model_name='attachment',
            name='recall_reason',
            field=models.CharField(blank=True, choices=[('wrong', 'It was wrong'), ('stop', 'It must no longer be used')], db_default='', max_length=40),
        ),
        migrations.AddField(
            model_name='attachment',
            name='recalled_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='attachment',
            name='recalled_by',
            field=models.CharField(blank=True, db_default='', max_length=40),
        ),
        migrations.AddField(
            model_name='attachment',
            name='released_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='attachment',
            name='released_by',
            field=models.CharField(blank=True, db_default='', max_length=40),
        ),
        migrations.AddField(
            model_name='attachment',
            name='stopped_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='happening',
            name='what',
            field=models.CharField(choices=[('started', 'Begun'), ('imported', 'Imported from a table'), ('sent', 'Sent to the programme'), ('amended', 'Amended, and the programme told'), ('attached', 'File attached'), ('removed', 'File removed'), ('file_released', 'File released by a second person'), ('file_recalled', 'File recalled'), ('file_stopped', 'The programme can no longer open the recalled file'), ('alarm_answered', 'Words that looked like a locator were kept, with a reason'), ('withdrawn', 'Withdrawn, and the programme told'), ('decided', 'The programme decided'), ('progress', 'Progress update from the programme'), ('reported', 'Exit report received'), ('discarded', 'Draft discarded')], max_length=40),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('reason', ''), ('reason_at', None), ('reason_by', '')), models.Q(('held', True), ('reason_at__isnull', False), models.Q(('reason', ''), _negated=True), models.Q(('reason_by', ''), _negated=True)), _connector='OR'), name='a_reason_for_a_file_says_by_whom'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('released_at', None), ('released_by', '')), models.Q(('released_at__isnull', False), models.Q(('released_by', ''), _negated=True), models.Q(('reason', ''), _negated=True), models.Q(('released_by', models.F('added_by')), _negated=True), models.Q(('released_by', models.F('reason_by')), _negated=True)), _connector='OR'), name='a_held_file_is_released_by_a_second_person'),
        ),
        migrations.AddConstraint(
            model_name='attachment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('opened', None), ('recall_reason', ''), ('recalled_at', None), ('recalled_by', ''), ('stopped_at', None)), models.Q(('recalled_at__isnull', False), models.Q(('recall_reason', ''), _negated=True), models.Q(('recalled_by', ''), _negated=True)), _connector='OR'), name='a_recalled_file_says_why_and_by_whom'),
        ),
    ]
