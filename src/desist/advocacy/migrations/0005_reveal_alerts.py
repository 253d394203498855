"""Alerts of reveals that nobody had looked into yet become account alerts, which two other people look into.

The rows of before stay where they are: whoever looked into one is on record there.
"""

from django.db import migrations

CARRY = """
    INSERT INTO accounts_accountalert
        (ref, kind, account, day, count, raised_at, last_at, outcome, note, closed_by)
    SELECT ref, 'reveals', account, day, count, noon, noon, '', '', ''
    FROM (SELECT *, (day + time '12:00') AT TIME ZONE 'Europe/London' AS noon FROM advocacy_revealalert) AS old
    WHERE looked_at IS NULL
    ON CONFLICT DO NOTHING
"""


class Migration(migrations.Migration):
    """Carry them over once; a second time changes nothing."""

    dependencies = [
        ("accounts", "0004_account_alert_kinds"),
        ("advocacy", "0004_orders_of_clients"),
    ]

    operations = [migrations.RunSQL(CARRY, migrations.RunSQL.noop)]
