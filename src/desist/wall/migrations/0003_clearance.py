"""Who answered for words that look as if they led to somebody: the words as a keyed digest, never themselves."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("wall", "0002_append_only")]
    operations = [
        migrations.CreateModel(
            name="Clearance",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("row", models.CharField(max_length=80)),
                ("place", models.CharField(max_length=40)),
                ("digest", models.CharField(max_length=64)),
                ("reason", models.CharField(max_length=20)),
                ("cleared_by", models.CharField(max_length=40)),
                ("cleared_at", models.DateTimeField()),
            ],
            options={"indexes": [models.Index(fields=["digest", "row"], name="clearance_of_words")]},
        ),
    ]
