-- Every name of an advocacy service's return from day %(a)s to before day %(b)s, of what was known at %(now)s; written apart from the product's code.
WITH clients AS (
    SELECT v.*, (received_at AT TIME ZONE 'Europe/London')::date AS came, (first_contact_at AT TIME ZONE 'Europe/London')::date AS met,
        (closed_at AT TIME ZONE 'Europe/London')::date AS ended,
        CASE WHEN EXISTS (SELECT FROM advocacy_pairasked p WHERE p.victim_id = v.id)
            OR EXISTS (SELECT FROM advocacy_breachpack k JOIN advocacy_incident i ON i.id = k.incident_id WHERE i.victim_id = v.id)
            OR EXISTS (SELECT FROM advocacy_disclosure d WHERE d.victim_id = v.id AND d.sent_at IS NOT NULL)
            THEN 'told' ELSE 'others' END AS police
    FROM advocacy_victim v
    WHERE area = 'North'
        AND NOT EXISTS (SELECT FROM merges_merge m WHERE m.second = v.ref AND m.state = 'stands')
        AND NOT EXISTS (SELECT FROM wall_restriction x WHERE x."case" = v.ref AND x.ended_at IS NULL)
        AND CASE WHEN EXISTS (SELECT FROM advocacy_consent c WHERE c.victim_id = v.id AND c.purpose = 'evaluation' AND c.withdrawn_at IS NULL) THEN true
            WHEN first_contact_at IS NOT NULL THEN false
            ELSE NOT EXISTS (SELECT FROM advocacy_consent c WHERE c.victim_id = v.id AND c.purpose = 'evaluation') END),
came AS (SELECT * FROM clients WHERE came >= %(a)s AND came < %(b)s),
reached AS (
    SELECT police, first_contact_at - received_at - coalesce((
        SELECT sum(greatest(least(coalesce(p.ended_at, first_contact_at), first_contact_at) - greatest(p.began_at, received_at), interval '0'))
        FROM advocacy_clockpause p WHERE p.victim_id = came.id), interval '0') AS waited
    FROM came WHERE first_contact_at IS NOT NULL),
open AS (
    SELECT police, EXISTS (SELECT FROM advocacy_allocation l WHERE l.victim_id = clients.id AND (l.made_at AT TIME ZONE 'Europe/London')::date < %(b)s
        AND (l.ended_at IS NULL OR (l.ended_at AT TIME ZONE 'Europe/London')::date >= %(b)s)) AS allocated
    FROM clients WHERE met < %(b)s AND (ended IS NULL OR ended >= %(b)s)),
screened AS (
    SELECT DISTINCT ON (s.victim_id) s.rater_trained FROM advocacy_screening s JOIN clients v ON v.id = s.victim_id
    WHERE s.source = 'here' AND s.struck_at IS NULL AND s.rated_on >= %(a)s AND s.rated_on < %(b)s
    ORDER BY s.victim_id, s.rated_on DESC, s.id DESC),
plans AS (
    SELECT min((p.saved_at AT TIME ZONE 'Europe/London')::date) AS first FROM advocacy_planversion p JOIN clients v ON v.id = p.victim_id
    WHERE (p.saved_at AT TIME ZONE 'Europe/London')::date < %(b)s
    GROUP BY p.victim_id HAVING max((p.saved_at AT TIME ZONE 'Europe/London')::date) >= %(a)s),
settled AS (
    SELECT bool_and(n.state = 'met') AS all_met, bool_or(n.state IN ('met', 'partly')) AS some_met FROM advocacy_need n JOIN clients v ON v.id = n.victim_id
    WHERE n.state <> 'open' AND (n.closed_at AT TIME ZONE 'Europe/London')::date >= %(a)s AND (n.closed_at AT TIME ZONE 'Europe/London')::date < %(b)s
    GROUP BY n.victim_id),
ratings AS (
    SELECT m.* FROM advocacy_measure m JOIN clients v ON v.id = m.victim_id
    WHERE m.instrument = 'own-safety' AND m.struck_at IS NULL AND m.taken_on < %(b)s),
rated AS (
    SELECT bool_or(occasion = 'start') AS began FROM ratings
    GROUP BY victim_id HAVING bool_or(occasion IN ('review', 'closing') AND taken_on >= %(a)s)),
-- bank holidays of England and Wales, as gov.uk prints them
closed_days (day) AS (VALUES (date '2025-01-01'), ('2025-04-18'), ('2025-04-21'), ('2025-05-05'), ('2025-05-26'), ('2025-08-25'), ('2025-12-25'),
    ('2025-12-26'), ('2026-01-01')),
came_in AS (
    SELECT u.id, u.victim_id, u.settled_at, CASE WHEN v.enhanced THEN 1 ELSE 5 END AS days, coalesce(u.settled_at, %(now)s) AS until,
        (u.received_at AT TIME ZONE 'Europe/London')::date AS came
    FROM advocacy_update u JOIN clients v ON v.id = u.victim_id
    WHERE u.state <> 'overtaken' AND (u.received_at AT TIME ZONE 'Europe/London')::date >= %(a)s
        AND (u.received_at AT TIME ZONE 'Europe/London')::date < %(b)s),
on_hold AS (
    SELECT victim_id, began_at, ended_at FROM advocacy_clockpause
    UNION ALL SELECT victim_id, not_safe_since, NULL FROM advocacy_arrangement WHERE not_safe_since IS NOT NULL),
news AS (
    SELECT victim_id, settled_at, days, (
        SELECT count(*) FROM generate_series(came + 1, (until AT TIME ZONE 'Europe/London')::date, interval '1 day') AS on_day
        WHERE extract(isodow FROM on_day) < 6 AND on_day::date NOT IN (SELECT day FROM closed_days)
            AND NOT EXISTS (SELECT FROM on_hold h WHERE h.victim_id = came_in.victim_id AND h.began_at < until
                AND on_day::date BETWEEN (h.began_at AT TIME ZONE 'Europe/London')::date
                    AND (coalesce(h.ended_at, until) AT TIME ZONE 'Europe/London')::date)) AS used
    FROM came_in),
news_of AS (
    SELECT CASE WHEN bool_or(used > days) THEN 'late' WHEN bool_or(settled_at IS NULL) THEN 'waiting' ELSE 'in_time' END AS came FROM news GROUP BY victim_id),
packs AS (
    SELECT i.victim_id, CASE WHEN k.answered_at <= k.sent_at + interval '4 hours' THEN 'recorded'
        WHEN (SELECT min((c.at AT TIME ZONE 'Europe/London')::date) FROM advocacy_packcall c WHERE c.pack_id = k.id)
            <= ((k.sent_at + interval '4 hours') AT TIME ZONE 'Europe/London')::date + 1 THEN 'rung' ELSE 'later' END AS came
    FROM advocacy_breachpack k JOIN advocacy_incident i ON i.id = k.incident_id JOIN clients v ON v.id = i.victim_id
    WHERE ((k.sent_at + interval '4 hours') AT TIME ZONE 'Europe/London')::date >= %(a)s
        AND ((k.sent_at + interval '4 hours') AT TIME ZONE 'Europe/London')::date < %(b)s),
packs_of AS (
    SELECT CASE WHEN bool_or(came = 'later') THEN 'later' WHEN bool_or(came = 'rung') THEN 'rung' ELSE 'recorded' END AS came FROM packs GROUP BY victim_id),
counted (name) AS (
    SELECT unnest(ARRAY['received', 'way.' || way_in]) FROM came
    UNION ALL SELECT 'reached.not' FROM came WHERE first_contact_at IS NULL
    UNION ALL SELECT unnest(ARRAY['reached', 'reached.' || police, CASE WHEN waited <= interval '48 hours' THEN 'reached.in_time' ELSE 'reached.later' END])
        FROM reached
    UNION ALL SELECT unnest(ARRAY['open', 'open.' || police, CASE WHEN allocated THEN 'open.allocated' ELSE 'open.waiting' END]) FROM open
    UNION ALL SELECT unnest(ARRAY['closed', 'closed.' || close_reason]) FROM clients WHERE ended >= %(a)s AND ended < %(b)s
    UNION ALL SELECT unnest(ARRAY['screened', CASE WHEN rater_trained THEN 'screened.trained' ELSE 'screened.untrained' END]) FROM screened
    UNION ALL SELECT unnest(ARRAY['plans', CASE WHEN first >= %(a)s THEN 'plans.made' ELSE 'plans.reviewed' END]) FROM plans
    UNION ALL SELECT unnest(ARRAY['settled', CASE WHEN all_met THEN 'settled.all' WHEN some_met THEN 'settled.some' ELSE 'settled.none' END]) FROM settled
    UNION ALL SELECT unnest(ARRAY['rated', CASE WHEN began THEN 'rated.with_start' ELSE 'rated.without' END]) FROM rated
    UNION ALL SELECT unnest(ARRAY['news', 'news.' || came]) FROM news_of
    UNION ALL SELECT unnest(ARRAY['packs', 'packs.' || came]) FROM packs_of)
SELECT name, count(*) FROM counted GROUP BY name
