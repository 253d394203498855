"""The returns of three sides in plain SQL, written apart from the product's code: one statement a side counts every name.

Each counts from day %(a)s to before day %(b)s, of what was known at %(now)s.
"""

from desist.sites import Zone

PROGRAMME = r"""
WITH referrals AS (
    SELECT r.*, (r.completed_at AT TIME ZONE 'Europe/London')::date AS came,
        date_trunc('quarter', r.completed_at AT TIME ZONE 'Europe/London') AS quarter,
        lower(regexp_replace(btrim(r.given_names || ' ' || r.family_name), '\s+', ' ', 'g')) AS named,
        e.id AS episode, e.state AS stands, (e.opened_at AT TIME ZONE 'Europe/London')::date AS opened,
        (e.ended_at AT TIME ZONE 'Europe/London')::date AS ended,
        (r.state = 'withdrawn' AND r.withdraw_reason IN ('duplicate', 'mistake'))
            OR (r.state = 'declined' AND r.decline_reason = 'duplicate') AS none_at_all
    FROM programme_referral r LEFT JOIN programme_episode e ON e.referral_id = r.id
    WHERE r.area = 'North'
        AND NOT EXISTS (SELECT FROM merges_merge m WHERE m.second = r.ref AND m.state = 'stands')
        AND NOT EXISTS (SELECT FROM wall_restriction x WHERE x."case" = r.ref AND x.ended_at IS NULL)),
once AS (
    SELECT * FROM referrals r WHERE none_at_all OR NOT EXISTS (
        SELECT FROM referrals b
        WHERE NOT b.none_at_all AND b.quarter = r.quarter
            AND ((b.named = r.named AND b.born = r.born) OR (b.pnc <> '' AND b.pnc = r.pnc))
            AND (b.episode IS NULL, b.completed_at, b.id) < (r.episode IS NULL, r.completed_at, r.id))),
people AS (SELECT * FROM once WHERE NOT none_at_all),
came AS (SELECT * FROM people WHERE came >= %(a)s AND came < %(b)s),
accepted AS (
    SELECT came.*,
        (SELECT min((made_at AT TIME ZONE 'Europe/London')::date) FROM programme_allocation WHERE episode_id = episode) - came AS to_allocation,
        (SELECT min((lower(period) AT TIME ZONE 'Europe/London')::date) FROM programme_assessment
            WHERE episode_id = episode AND state = 'finished') - came AS to_assessment
    FROM came WHERE episode IS NOT NULL),
first_sessions AS (SELECT * FROM programme_session WHERE number = 1 AND kind IN ('core', 'catch_up')),
answers AS (
    SELECT CASE WHEN a.state <> 'withdrawn' THEN a.state WHEN a.requirement <> '' THEN 'required' ELSE 'agreed' END AS said
    FROM programme_agreement a JOIN people p ON p.episode = a.episode_id
    WHERE a.state <> 'not_asked' AND a.answered_on >= %(a)s AND a.answered_on < %(b)s),
there AS (
    SELECT EXISTS (SELECT FROM programme_allocation WHERE episode_id = episode
        AND (made_at AT TIME ZONE 'Europe/London')::date < %(b)s) AS allocated
    FROM people WHERE opened < %(b)s AND (ended IS NULL OR ended >= %(b)s)),
held AS (
    SELECT s.* FROM programme_session s JOIN once ON once.episode = s.episode_id
    WHERE s.kind IN ('core', 'catch_up') AND s.state <> 'cancelled' AND s.number BETWEEN 1 AND 12
        AND (lower(s.period) AT TIME ZONE 'Europe/London')::date >= %(a)s
        AND (lower(s.period) AT TIME ZONE 'Europe/London')::date < %(b)s
        AND lower(s.period) < %(now)s AND NOT (s.state = 'planned' AND upper(s.period) >= %(now)s)),
gone AS (
    SELECT people.*, l.reason, l.phase,
        EXISTS (SELECT FROM first_sessions s WHERE s.episode_id = episode AND s.state = 'attended') AS started
    FROM people LEFT JOIN LATERAL (
        SELECT reason, phase FROM programme_leaving
        WHERE episode_id = episode AND state = 'ended' ORDER BY ended_at DESC LIMIT 1) l ON true
    WHERE ended >= %(a)s AND ended < %(b)s),
judged AS (
    SELECT form, least,
        (SELECT m.total FROM programme_measure m WHERE m.episode_id = episode AND m.instrument = form AND m.occasion = 'baseline'
            AND m.struck_at IS NULL AND m.total IS NOT NULL ORDER BY m.taken_on, m.id LIMIT 1)
        - (SELECT m.total FROM programme_measure m WHERE m.episode_id = episode AND m.instrument = form AND m.occasion = 'closing'
            AND m.struck_at IS NULL AND m.total IS NOT NULL ORDER BY m.taken_on DESC, m.id DESC LIMIT 1) AS fell
    FROM gone CROSS JOIN (VALUES ('core-10', 5.6641), ('gad-7', 4), ('pcl-5', 18), ('phq-9', 6)) forms (form, least)
    WHERE started),
aims AS (
    SELECT count(g.id) AS agreed, count(g.id) FILTER (WHERE g.state = 'reached') AS reached, count(g.id) FILTER (WHERE g.state = 'open') AS open
    FROM gone LEFT JOIN programme_goal g ON g.episode_id = gone.episode WHERE started GROUP BY gone.episode),
due AS (
    SELECT f.* FROM programme_followup f JOIN once ON once.episode = f.episode_id
    WHERE f.voided_at IS NULL AND f.due_on >= %(a)s AND f.due_on < %(b)s),
raised AS (
    SELECT c.* FROM programme_concern c JOIN once ON once.id = c.referral_id
    WHERE c.raised_at <= %(now)s AND (c.raised_at AT TIME ZONE 'Europe/London')::date >= %(a)s
        AND (c.raised_at AT TIME ZONE 'Europe/London')::date < %(b)s),
counted (name) AS (
    SELECT 'received' FROM came
    UNION ALL SELECT 'source.' || referrer_kind FROM came
    UNION ALL SELECT 'route.' || route FROM came
    UNION ALL SELECT CASE WHEN episode IS NOT NULL THEN 'accepted' WHEN state = 'received' THEN 'undecided' ELSE state END FROM came
    UNION ALL SELECT 'declined.' || decline_reason FROM came WHERE episode IS NULL AND state = 'declined'
    UNION ALL SELECT 'assessed' FROM accepted WHERE to_assessment >= 0
    UNION ALL SELECT 'assessed.in_time' FROM accepted WHERE to_assessment BETWEEN 0 AND 14
    UNION ALL SELECT 'assessed.later' FROM accepted WHERE to_assessment > 14
    UNION ALL SELECT 'assessed.not_known' FROM accepted WHERE to_assessment IS NULL OR to_assessment < 0
    UNION ALL SELECT 'allocated' FROM accepted WHERE to_allocation >= 0
    UNION ALL SELECT 'allocated.in_time' FROM accepted WHERE to_allocation BETWEEN 0 AND 14
    UNION ALL SELECT 'allocated.later' FROM accepted WHERE to_allocation > 14
    UNION ALL SELECT 'allocated.not_known' FROM accepted WHERE to_allocation IS NULL OR to_allocation < 0
    UNION ALL SELECT 'answered' FROM answers
    UNION ALL SELECT 'answer.' || said FROM answers
    UNION ALL SELECT CASE
            WHEN EXISTS (SELECT FROM first_sessions s WHERE s.episode_id = episode AND s.state = 'attended') THEN 'started'
            WHEN EXISTS (SELECT FROM first_sessions s WHERE s.episode_id = episode AND s.state = 'planned' AND upper(s.period) < %(now)s)
                THEN 'started.not_known'
            ELSE 'started.not_yet' END FROM accepted
    UNION ALL SELECT 'there' FROM there
    UNION ALL SELECT CASE WHEN allocated THEN 'there.allocated' ELSE 'there.waiting' END FROM there
    UNION ALL SELECT 'sessions' FROM held
    UNION ALL SELECT CASE state WHEN 'planned' THEN 'sessions.not_known' ELSE state END FROM held
    UNION ALL SELECT state || '.' || number FROM held WHERE state <> 'planned'
    UNION ALL SELECT 'left' FROM gone
    UNION ALL SELECT CASE WHEN started THEN 'left.started' ELSE 'left.not_started' END FROM gone
    UNION ALL SELECT CASE stands WHEN 'completed' THEN 'completed' ELSE 'left_early' END FROM gone
    UNION ALL SELECT 'reason.' || coalesce(reason, 'not_known') FROM gone WHERE stands <> 'completed'
    UNION ALL SELECT 'stage.' || coalesce(phase, 'not_known') FROM gone WHERE stands <> 'completed'
    UNION ALL SELECT form || CASE WHEN fell >= least THEN '.improved' WHEN -fell >= least THEN '.worse' WHEN fell IS NULL THEN '.apart' ELSE '.same' END
        FROM judged
    UNION ALL SELECT CASE WHEN agreed = 0 THEN 'goals.not_set' WHEN reached = 0 THEN 'goals.none' WHEN open > 0 THEN 'goals.some' ELSE 'goals.all' END
        FROM aims
    UNION ALL SELECT 'followed' FROM due
    UNION ALL SELECT 'followed.' || coalesce(nullif(outcome, ''), 'not_recorded') FROM due
    UNION ALL SELECT 'known.' || coalesce(nullif(known, ''), 'not_recorded') FROM due
    UNION ALL SELECT 'concerns' FROM raised
    UNION ALL SELECT 'concern.' || coalesce(nullif(kind, ''), 'not_asked') FROM raised
    UNION ALL SELECT 'age.' || CASE width_bucket(extract(year FROM age(came, born))::int, ARRAY[25, 35, 45, 55])
            WHEN 0 THEN 'under_25' WHEN 1 THEN '25_to_34' WHEN 2 THEN '35_to_44' WHEN 3 THEN '45_to_54' ELSE 'from_55' END FROM came
    UNION ALL SELECT 'disability.' || CASE WHEN cardinality(need_kinds) = 0 THEN 'not_asked'
            WHEN need_kinds && ARRAY['autism', 'adhd', 'learning', 'mental_health', 'hearing', 'sight', 'mobility']::varchar[] THEN 'known'
            ELSE 'none' END FROM came
    UNION ALL SELECT 'language.' || CASE WHEN cardinality(need_kinds) = 0 THEN 'not_asked'
            WHEN 'interpreter' = ANY (need_kinds) THEN 'interpreter' ELSE 'none' END FROM came)
SELECT name, count(*) FROM counted GROUP BY name
"""
PARTNERSHIP = r"""
WITH own AS (SELECT * FROM partnership_order WHERE area = 'North' AND moved_from = ''),
applied AS (SELECT * FROM own WHERE kind = 'full' AND applied_on >= %(a)s AND applied_on < %(b)s),
made AS (SELECT *, served_on - made_on AS waited FROM own WHERE made_on >= %(a)s AND made_on < %(b)s),
duties AS (
    SELECT n.* FROM partnership_notification n JOIN partnership_order o ON o.id = n.order_id
    WHERE o.area = 'North' AND n.due_on >= %(a)s AND n.due_on < %(b)s),
breaches AS (
    SELECT x.* FROM partnership_breach x JOIN partnership_order o ON o.id = x.order_id
    WHERE o.area = 'North' AND x.reported_on >= %(a)s AND x.reported_on < %(b)s),
sent AS (
    SELECT *, (sent_at AT TIME ZONE 'Europe/London')::date AS sent, (decided_at AT TIME ZONE 'Europe/London')::date AS decided,
        date_trunc('quarter', sent_at AT TIME ZONE 'Europe/London') AS quarter,
        lower(regexp_replace(btrim(given_names || ' ' || family_name), '\s+', ' ', 'g')) AS named
    FROM partnership_referral
    WHERE area = 'North' AND sent_at IS NOT NULL AND withdraw_reason NOT IN ('duplicate', 'mistake')),
people AS (
    SELECT * FROM sent s WHERE NOT EXISTS (
        SELECT FROM sent b
        WHERE b.quarter = s.quarter AND (b.sent_at, b.id) < (s.sent_at, s.id)
            AND ((b.named = s.named AND b.born IS NOT DISTINCT FROM s.born) OR (b.pnc <> '' AND b.pnc = s.pnc)))),
told AS (
    SELECT * FROM partnership_identitydecision
    WHERE area = 'North' AND (decided_at AT TIME ZONE 'Europe/London')::date >= %(a)s
        AND (decided_at AT TIME ZONE 'Europe/London')::date < %(b)s),
counted (name) AS (
    SELECT 'applied' FROM applied
    UNION ALL SELECT CASE WHEN state IN ('draft', 'applied') THEN 'applied.waiting' WHEN state IN ('refused', 'withdrawn') THEN 'applied.' || state
        ELSE 'applied.made' END FROM applied
    UNION ALL SELECT kind FROM made
    UNION ALL SELECT 'full.' || how_made FROM made WHERE kind = 'full'
    UNION ALL SELECT kind || CASE WHEN served_on IS NULL THEN '.unserved' ELSE '.served' END FROM made
    UNION ALL SELECT kind || CASE WHEN waited <= 1 THEN '.served.in_time' ELSE '.served.later' END FROM made WHERE served_on IS NOT NULL
    UNION ALL SELECT 'duties' FROM duties
    UNION ALL SELECT CASE WHEN given_on IS NULL THEN 'duties.not_given' WHEN given_on <= due_on THEN 'duties.in_time' ELSE 'duties.late' END FROM duties
    UNION ALL SELECT 'breaches' FROM breaches
    UNION ALL SELECT 'breach.' || coalesce(nullif(decision, ''), 'undecided') FROM breaches
    UNION ALL SELECT 'referrals' FROM people WHERE sent >= %(a)s AND sent < %(b)s
    UNION ALL SELECT unnest(ARRAY['answers', CASE WHEN decided < sent THEN 'answers.not_known' WHEN decided - sent <= 14 THEN 'answers.in_time'
        ELSE 'answers.later' END]) FROM sent WHERE decided >= %(a)s AND decided < %(b)s
    UNION ALL SELECT 'identity' FROM told
    UNION ALL SELECT CASE WHEN decision <> 'tell' THEN 'identity.' || decision WHEN told_on IS NULL THEN 'identity.to_tell' ELSE 'identity.told' END FROM told)
SELECT name, count(*) FROM counted WHERE %(now)s IS NOT NULL GROUP BY name
"""
ADVOCACY = r"""
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
"""

BY_SQL = {Zone.PROGRAMME: PROGRAMME, Zone.PARTNERSHIP: PARTNERSHIP, Zone.ADVOCACY: ADVOCACY}
