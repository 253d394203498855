import desist.references
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('wall', '0003_clearance'),
    ]

    operations = [
        migrations.CreateModel(
            name='EmergencyAccess',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=desist.references.reference, max_length=12, unique=True)),
                ('account', models.CharField(max_length=40)),
                ('area', models.CharField(max_length=40)),
                ('case', models.CharField(blank=True, max_length=12)),
                ('reason', models.CharField(max_length=300)),
                ('began_at', models.DateTimeField()),
                ('until', models.DateTimeField()),
                ('review_by', models.DateField()),
                ('ended_at', models.DateTimeField(null=True)),
                ('reviewed_by', models.CharField(blank=True, max_length=40)),
                ('reviewed_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('reviewed_at', None)), fields=['account'], name='emergencies_to_be_reviewed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('until__gt', models.F('began_at'))), name='an_emergency_access_ends_after_it_begins'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('account',), name='one_emergency_access_at_a_time'), models.CheckConstraint(condition=models.Q(('reviewed_by', models.F('account')), _negated=True), name='nobody_reviews_their_own_emergency_access'), models.CheckConstraint(condition=models.Q(models.Q(('reviewed_at', None), ('reviewed_by', '')), models.Q(('reviewed_at__isnull', False), models.Q(('reviewed_by', ''), _negated=True)), _connector='OR'), name='a_reviewed_emergency_access_says_by_whom')],
            },
        ),
    ]
