"""Events and seals can be added and nothing else, whoever asks: a trigger stops even the owner."""

from django.db import migrations

SQL = """
CREATE FUNCTION wall_append_only() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'the audit can only be added to';
END $$;
CREATE TRIGGER wall_auditevent_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON wall_auditevent
    FOR EACH STATEMENT EXECUTE FUNCTION wall_append_only();
CREATE TRIGGER wall_auditseal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON wall_auditseal
    FOR EACH STATEMENT EXECUTE FUNCTION wall_append_only();
"""
UNDO = """
DROP TRIGGER wall_auditevent_append_only ON wall_auditevent;
DROP TRIGGER wall_auditseal_append_only ON wall_auditseal;
DROP FUNCTION wall_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("wall", "0001_initial")]
    operations = [migrations.RunSQL(SQL, UNDO)]
