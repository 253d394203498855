"""Every alert that was sent before has its row, and so has every one that the version before still sends.

While both versions run, a row that the version before writes gets its alert, and what either notes of an acknowledgement
stands on both. A later version takes these triggers and the three columns `acknowledged_at` away. The history of the
rows says nothing of it, since nobody changed what they say.
"""

from django.db import migrations

SQL = """
CREATE FUNCTION programme_alert_sent(of_case bigint, why text, raised timestamptz, acknowledged timestamptz)
RETURNS bigint LANGUAGE sql SET search_path = public, pg_temp AS $$
    INSERT INTO programme_sentalert (ref, referral_id, partner, thread, reason, raised_at, acknowledged_at)
    SELECT left(replace(gen_random_uuid()::text, '-', ''), 12), id, partner, thread, why, raised, acknowledged
      FROM programme_referral WHERE id = of_case AND partner <> ''
    ON CONFLICT (partner, thread, raised_at) DO UPDATE
       SET acknowledged_at = coalesce(programme_sentalert.acknowledged_at, excluded.acknowledged_at)
    RETURNING id
$$;
ALTER TABLE programme_concern DISABLE TRIGGER USER;
ALTER TABLE programme_leaving DISABLE TRIGGER USER;
ALTER TABLE programme_agreement DISABLE TRIGGER USER;
UPDATE programme_concern SET alert_id = programme_alert_sent(referral_id, 'concern', raised_at, acknowledged_at)
 WHERE alert_id IS NULL;
UPDATE programme_leaving SET alert_id = programme_alert_sent(
       (SELECT referral_id FROM programme_episode WHERE id = episode_id),
       CASE "by" WHEN 'service' THEN 'concern' ELSE 'withdrew' END, decided_at, acknowledged_at)
 WHERE alert_id IS NULL AND contact <> '';
UPDATE programme_agreement SET alert_id = programme_alert_sent(
       (SELECT referral_id FROM programme_episode WHERE id = episode_id), 'withdrew', withdrawn_at, acknowledged_at)
 WHERE alert_id IS NULL AND withdrawn_at IS NOT NULL;
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE programme_concern ENABLE TRIGGER USER;
ALTER TABLE programme_leaving ENABLE TRIGGER USER;
ALTER TABLE programme_agreement ENABLE TRIGGER USER;

CREATE FUNCTION programme_alert_of_concern() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    NEW.alert_id := programme_alert_sent(NEW.referral_id, 'concern', NEW.raised_at, NEW.acknowledged_at);
    RETURN NEW;
END $$;
CREATE FUNCTION programme_alert_of_leaving() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    NEW.alert_id := programme_alert_sent(
        (SELECT referral_id FROM programme_episode WHERE id = NEW.episode_id),
        CASE NEW."by" WHEN 'service' THEN 'concern' ELSE 'withdrew' END, NEW.decided_at, NEW.acknowledged_at);
    RETURN NEW;
END $$;
CREATE FUNCTION programme_alert_of_withdrawal() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    NEW.alert_id := programme_alert_sent(
        (SELECT referral_id FROM programme_episode WHERE id = NEW.episode_id),
        'withdrew', NEW.withdrawn_at, NEW.acknowledged_at);
    RETURN NEW;
END $$;
CREATE FUNCTION programme_alert_acknowledged() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME <> 'programme_sentalert' THEN
        UPDATE programme_sentalert SET acknowledged_at = NEW.acknowledged_at
         WHERE id = NEW.alert_id AND acknowledged_at IS NULL;
        RETURN NULL;
    END IF;
    UPDATE programme_concern SET acknowledged_at = NEW.acknowledged_at WHERE alert_id = NEW.id AND acknowledged_at IS NULL;
    UPDATE programme_leaving SET acknowledged_at = NEW.acknowledged_at WHERE alert_id = NEW.id AND acknowledged_at IS NULL;
    UPDATE programme_agreement SET acknowledged_at = NEW.acknowledged_at WHERE alert_id = NEW.id AND acknowledged_at IS NULL;
    RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION programme_alert_sent, programme_alert_of_concern, programme_alert_of_leaving,
    programme_alert_of_withdrawal, programme_alert_acknowledged FROM PUBLIC;

CREATE TRIGGER alert_of_before BEFORE INSERT ON programme_concern FOR EACH ROW
    WHEN (NEW.alert_id IS NULL) EXECUTE FUNCTION programme_alert_of_concern();
CREATE TRIGGER alert_of_before BEFORE INSERT ON programme_leaving FOR EACH ROW
    WHEN (NEW.alert_id IS NULL AND NEW.contact <> '') EXECUTE FUNCTION programme_alert_of_leaving();
CREATE TRIGGER alert_of_before BEFORE INSERT ON programme_agreement FOR EACH ROW
    WHEN (NEW.alert_id IS NULL AND NEW.withdrawn_at IS NOT NULL) EXECUTE FUNCTION programme_alert_of_withdrawal();
CREATE TRIGGER alert_of_before_again BEFORE UPDATE ON programme_agreement FOR EACH ROW
    WHEN (NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at AND NEW.alert_id IS NOT DISTINCT FROM OLD.alert_id)
    EXECUTE FUNCTION programme_alert_of_withdrawal();
CREATE TRIGGER acknowledged_by_before AFTER UPDATE OF acknowledged_at ON programme_concern FOR EACH ROW
    WHEN (NEW.acknowledged_at IS NOT NULL) EXECUTE FUNCTION programme_alert_acknowledged();
CREATE TRIGGER acknowledged_by_before AFTER UPDATE OF acknowledged_at ON programme_leaving FOR EACH ROW
    WHEN (NEW.acknowledged_at IS NOT NULL) EXECUTE FUNCTION programme_alert_acknowledged();
CREATE TRIGGER acknowledged_by_before AFTER UPDATE OF acknowledged_at ON programme_agreement FOR EACH ROW
    WHEN (NEW.acknowledged_at IS NOT NULL) EXECUTE FUNCTION programme_alert_acknowledged();
CREATE TRIGGER acknowledged_for_before AFTER UPDATE OF acknowledged_at ON programme_sentalert FOR EACH ROW
    WHEN (NEW.acknowledged_at IS NOT NULL) EXECUTE FUNCTION programme_alert_acknowledged();
"""
UNDO = """
DROP TRIGGER alert_of_before ON programme_concern;
DROP TRIGGER alert_of_before ON programme_leaving;
DROP TRIGGER alert_of_before ON programme_agreement;
DROP TRIGGER alert_of_before_again ON programme_agreement;
DROP TRIGGER acknowledged_by_before ON programme_concern;
DROP TRIGGER acknowledged_by_before ON programme_leaving;
DROP TRIGGER acknowledged_by_before ON programme_agreement;
DROP TRIGGER acknowledged_for_before ON programme_sentalert;
DROP FUNCTION programme_alert_of_concern, programme_alert_of_leaving, programme_alert_of_withdrawal,
    programme_alert_acknowledged, programme_alert_sent;
"""


class Migration(migrations.Migration):
    dependencies = [("programme", "0004_sent_alerts")]
    operations = [migrations.RunSQL(SQL, UNDO)]
