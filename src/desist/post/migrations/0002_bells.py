"""Ring when something is written to an outbox or an inbox, so that nobody has to look all the time."""

from django.db import migrations

RING = """
CREATE FUNCTION post_ring() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS
$$ BEGIN PERFORM pg_notify(TG_TABLE_NAME, ''); RETURN NULL; END $$;
CREATE TRIGGER ring AFTER INSERT ON post_outbox FOR EACH STATEMENT EXECUTE FUNCTION post_ring();
CREATE TRIGGER ring AFTER INSERT ON post_inbox FOR EACH STATEMENT EXECUTE FUNCTION post_ring();
"""
SILENCE = """
DROP TRIGGER ring ON post_inbox;
DROP TRIGGER ring ON post_outbox;
DROP FUNCTION post_ring();
"""


class Migration(migrations.Migration):
    dependencies = [("post", "0001_initial")]
    operations = [migrations.RunSQL(RING, SILENCE)]
