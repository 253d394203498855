"""An envelope that can never be handled is set aside, with the reason."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('post', '0005_words_of_choices'),
    ]

    operations = [
        migrations.AddField(
            model_name='inbox',
            name='set_aside_why',
            field=models.CharField(blank=True, choices=[('forged', 'The partner did not send it'), ('told', 'The partner told us by telephone what it says'), ('again', 'The partner sends it again'), ('needless', 'It is no longer needed')], db_comment='Why a person set it aside unread, without content; empty: nobody did', db_default='', default='', max_length=200),
        ),
        migrations.AddIndex(
            model_name='inbox',
            index=models.Index(condition=models.Q(('set_aside_why', ''), _negated=True), fields=['handled_at'], name='inbox_set_aside'),
        ),
        migrations.AddConstraint(
            model_name='inbox',
            constraint=models.CheckConstraint(condition=models.Q(('set_aside_why', ''), models.Q(('handled_at', None), _negated=True), _connector='OR'), name='an_envelope_that_was_set_aside_waits_no_more'),
        ),
    ]
