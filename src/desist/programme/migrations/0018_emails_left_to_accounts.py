"""E-mails to staff and their choices are kept by the accounts of every zone; what was chosen and told before counts there.

The tables stay for the version before: while both run, what it keeps there is kept with the accounts too. A later version
takes the two tables, the history and these triggers away.
"""

from django.db import migrations

SQL = """
CREATE FUNCTION programme_email_chosen() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO accounts_emailchoice (ref, account, unwanted, changed_at)
    VALUES (NEW.ref, NEW.account, NEW.unwanted, NEW.changed_at)
    ON CONFLICT (account) DO UPDATE SET unwanted = excluded.unwanted, changed_at = excluded.changed_at;
    RETURN NULL;
END $$;
CREATE FUNCTION programme_email_told() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO accounts_outgoingemail
           (ref, kind, sealed, account, kinds, state, made_at, ends_at, next_try_at, tries, failure, done_at)
    VALUES (NEW.ref, 'WAITING', '', NEW.account, NEW.kinds, 'sent', NEW.made_at, NEW.made_at, NEW.next_try_at,
            NEW.tries, NEW.failure, NEW.done_at)
    ON CONFLICT (ref) DO NOTHING;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION programme_email_chosen, programme_email_told FROM PUBLIC;
CREATE TRIGGER chosen_before AFTER INSERT OR UPDATE ON programme_nudgechoice FOR EACH ROW
    EXECUTE FUNCTION programme_email_chosen();
CREATE TRIGGER told_before AFTER UPDATE ON programme_nudge FOR EACH ROW
    WHEN (NEW.state = 'sent') EXECUTE FUNCTION programme_email_told();
UPDATE programme_nudgechoice SET changed_at = changed_at;
UPDATE programme_nudge SET tries = tries WHERE state = 'sent';
"""
UNDO = """
DROP TRIGGER chosen_before ON programme_nudgechoice;
DROP TRIGGER told_before ON programme_nudge;
DROP FUNCTION programme_email_chosen, programme_email_told;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("programme", "0017_concerns_followed_and_risk_forms"),
        ("accounts", "0011_emails_of_every_zone"),
    ]
    operations = [
        migrations.RunSQL(SQL, UNDO),
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.DeleteModel(name="Nudge"),
                migrations.RemoveField(model_name="nudgechoiceevent", name="pgh_obj"),
                migrations.RemoveField(model_name="nudgechoiceevent", name="pgh_context"),
                migrations.DeleteModel(name="NudgeChoice"),
                migrations.DeleteModel(name="NudgeChoiceEvent"),
            ]
        ),
    ]
