-- Every name of the programme's return from day %(a)s to before day %(b)s, of what was known at %(now)s; written apart from the product's code.
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
