-- The largest amounts of money of each subject
SELECT subject, metric, value, unit, published, source
FROM facts
WHERE kind = 'money' AND subject IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY subject, unit ORDER BY value DESC) = 1
ORDER BY unit, value DESC;

-- Who grew by more than 30 % year on year
SELECT subject, metric, value AS percent, period_text, source
FROM facts
WHERE kind = 'percent' AND change_direction = 'up' AND change_mode = 'by' AND change_basis = 'yoy' AND value > 30
ORDER BY value DESC;

-- The same metric of the same subject over time
SELECT subject, metric, period_start, period_end, value, unit, source
FROM facts
WHERE status = 'actual' AND subject IS NOT NULL AND metric IS NOT NULL AND change_mode IS DISTINCT FROM 'by'
WINDOW same AS (PARTITION BY subject, metric, unit, per_unit)
QUALIFY min(period_start) OVER same < max(period_start) OVER same
ORDER BY subject, metric, unit, period_start;

-- Figures of one metric on which articles disagree
SELECT subject, metric, period_iso, unit, list(DISTINCT value ORDER BY value) AS figures, list(DISTINCT source) AS sources
FROM facts
WHERE status = 'actual' AND bound = '=' AND change_mode IS DISTINCT FROM 'by'
    AND subject IS NOT NULL AND metric IS NOT NULL AND period_iso IS NOT NULL
GROUP BY subject, metric, period_iso, unit, per_unit
HAVING count(DISTINCT value) > 1 AND count(DISTINCT source) > 1
ORDER BY subject, metric;

-- What is planned or expected, soonest first
SELECT period_end, status, subject, metric, text, source
FROM facts
WHERE status <> 'actual' AND period_end IS NOT NULL
ORDER BY period_end;

-- Articles without a fact (documents are whole in .duckdb files only)
SELECT source, title
FROM documents ANTI JOIN facts USING (source)
ORDER BY source;
