"""Areas that an administrator adds and renames on a page; those in which roles are held already are listed."""

import desist.references
from django.db import migrations, models
from django.utils import timezone


def list_known(apps, schema_editor):
    """List the areas of roles that were given before."""
    area, grant = apps.get_model("accounts", "Area"), apps.get_model("accounts", "RoleGrant")
    for code in grant.objects.order_by("area").values_list("area", flat=True).distinct():
        area.objects.create(code=code, name=code, added_by="founding", added_at=timezone.now())


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0009_outgoing_emails'),
    ]

    operations = [
        migrations.CreateModel(
            name='Area',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('ref', models.CharField(db_comment='Random reference; says nothing about what it names', default=desist.references.reference, max_length=12, unique=True)),
                ('code', models.CharField(db_comment='The area as rows and envelopes name it: its first name', max_length=40, unique=True)),
                ('name', models.CharField(db_comment="The area's name on pages", max_length=40, unique=True)),
                ('added_by', models.CharField(db_comment='Account that added it', max_length=40)),
                ('added_at', models.DateTimeField(db_comment='When it was added')),
            ],
        ),
        migrations.RunPython(list_known, migrations.RunPython.noop),
    ]
