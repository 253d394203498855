"""What the police tell of clients' orders, and ask about their words."""

import desist.references
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('advocacy', '0003_news_of_a_breach'),
    ]

    operations = [
        migrations.CreateModel(
            name='ClearanceAsked',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=desist.references.reference, max_length=12, unique=True)),
                ('token', models.CharField(max_length=40, unique=True)),
                ('words', models.BinaryField()),
                ('asked_at', models.DateTimeField()),
                ('answer_by', models.DateTimeField()),
                ('answer', models.CharField(blank=True, choices=[('cleared', 'Cleared: the words can be said'), ('refused', 'Refused: the words lead to your client')], max_length=12)),
                ('answered_by', models.CharField(blank=True, max_length=40)),
                ('answered_at', models.DateTimeField(null=True)),
                ('victim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='clearances', to='advocacy.victim')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('answer', '')), fields=['answer_by'], name='clearances_waiting')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('answered_by', '')), models.Q(models.Q(('answer', ''), _negated=True), models.Q(('answered_by', ''), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='an_answer_has_who_and_when')],
            },
        ),
        migrations.CreateModel(
            name='ClientOrder',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=desist.references.reference, max_length=12, unique=True)),
                ('token', models.CharField(max_length=40)),
                ('kind', models.CharField(max_length=40)),
                ('standing', models.CharField(choices=[('made', 'Made, not served yet'), ('served', 'Served, in force'), ('ended', 'Ended')], max_length=12)),
                ('made_on', models.DateField()),
                ('served_on', models.DateField(null=True)),
                ('ends_on', models.DateField(null=True)),
                ('words', models.BinaryField()),
                ('waiting', models.PositiveSmallIntegerField()),
                ('told_at', models.DateTimeField()),
                ('victim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='orders', to='advocacy.victim')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('victim', 'token'), name='an_order_of_a_client_once')],
            },
        ),
    ]
