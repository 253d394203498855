-- Every name of the return of the police from day %(a)s to before day %(b)s; written apart from the product's code.
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
