"""Every foreign key has an index that begins with it: without one, a case's page reads a whole table as it grows."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

WITHOUT = """
SELECT k.conrelid::regclass::text || '.' || a.attname FROM pg_constraint k
JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
WHERE k.contype = 'f' AND NOT EXISTS (
  SELECT 1 FROM pg_index i WHERE i.indrelid = k.conrelid AND i.indkey[0] = k.conkey[1] AND i.indpred IS NULL)
ORDER BY 1
"""


def keys_without_an_index() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(WITHOUT)
        return [name for (name,) in cursor.fetchall()]


def test_every_foreign_key_has_an_index() -> None:
    assert keys_without_an_index() == []


def test_a_foreign_key_without_an_index_is_found() -> None:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE parents (id int PRIMARY KEY)")
        cursor.execute("CREATE TEMPORARY TABLE children (parent int REFERENCES parents)")

    assert keys_without_an_index() == ["children.parent"]
