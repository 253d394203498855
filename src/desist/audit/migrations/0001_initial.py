import desist.references
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Download',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(default=desist.references.reference, max_length=12, unique=True)),
                ('kind', models.CharField(max_length=40)),
                ('title', models.CharField(max_length=200)),
                ('criteria', models.JSONField()),
                ('why', models.CharField(max_length=200)),
                ('asked_by', models.CharField(max_length=40)),
                ('area', models.CharField(max_length=40)),
                ('asked_at', models.DateTimeField()),
                ('released', models.BooleanField(default=False)),
                ('decided_by', models.CharField(blank=True, max_length=40)),
                ('decided_at', models.DateTimeField(null=True)),
                ('submission', models.CharField(max_length=64, unique=True)),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('decided_at', None)), fields=['asked_at'], name='downloads_that_wait')],
                'constraints': [models.CheckConstraint(condition=models.Q(('decided_by', models.F('asked_by')), _negated=True), name='nobody_releases_their_own_file'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', ''), ('released', False)), models.Q(('decided_at__isnull', False), models.Q(('decided_by', ''), _negated=True)), _connector='OR'), name='a_decided_download_says_by_whom')],
            },
        ),
    ]
