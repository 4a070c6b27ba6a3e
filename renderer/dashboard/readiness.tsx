import type { Dashboard } from '../../shared/ipc/audits.ts';
import { daysBetween, formatShortDate } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import type { Navigate } from '../screens.ts';
import { classNames, Link, Section } from '../ui/index.ts';

type Trend = Dashboard['trend'];

export interface ReadinessProps {
  readonly score: number | null;
  readonly trend: Trend;
  readonly navigate: Navigate;
}

/** The score in large figures, how it moved, and its line over time. */
export function Readiness({ score, trend, navigate }: ReadinessProps) {
  return (
    <Section title={t('dashboard.readiness')} className="readiness">
      {score === null ? (
        <p className="muted">{t('dashboard.readiness.none')}</p>
      ) : (
        <p className="readiness__line">
          <Link className="readiness__score" label={t('dashboard.readiness.label', { score })} onPress={() => navigate('walkthrough')}>
            {score}
          </Link>
          <span className="muted">{t('dashboard.readiness.of')}</span>
          <Change trend={trend} />
        </p>
      )}
      <TrendLine trend={trend} />
      <p className="readiness__caption">{t('dashboard.readiness.caption')}</p>
    </Section>
  );
}

function Change({ trend }: { readonly trend: Trend }) {
  const first = trend[0];
  const last = trend.at(-1);
  if (first === undefined || last === undefined || first === last) return null;
  const points = last.score - first.score;
  const kind = points > 0 ? 'rise' : points < 0 ? 'fall' : 'same';
  return (
    <span className={classNames('readiness__change', `readiness__change--${kind}`)}>
      {t(`dashboard.readiness.${kind}`, { points: Math.abs(points), day: formatShortDate(first.day) })}
    </span>
  );
}

const width = 300;
const height = 56;
const margin = 6;

/** The score by day, over the days from the first change to the last. */
function TrendLine({ trend }: { readonly trend: Trend }) {
  const first = trend[0];
  const last = trend.at(-1);
  if (first === undefined || last === undefined || first === last) return <p className="readiness__caption">{t('dashboard.trend.one')}</p>;
  const days = Math.max(1, daysBetween(first.day, last.day));
  const point = ({ day, score }: Trend[number]) => ({
    x: margin + ((width - 2 * margin) * daysBetween(first.day, day)) / days,
    y: height - margin - ((height - 2 * margin) * score) / 100,
  });
  const end = point(last);
  const label = t('dashboard.trend.label', {
    first: first.score,
    from: formatShortDate(first.day),
    last: last.score,
    to: formatShortDate(last.day),
  });
  return (
    <figure className="trend">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        <line className="trend__base" x1="0" x2={width} y1={height - 1} y2={height - 1} />
        <polyline
          className="trend__line"
          points={trend
            .map((entry) =>
              Object.values(point(entry))
                .map((value) => value.toFixed(1))
                .join(','),
            )
            .join(' ')}
        />
        <circle className="trend__end" cx={end.x} cy={end.y} r="3.5" />
      </svg>
      <figcaption className="trend__days" aria-hidden="true">
        <span>{formatShortDate(first.day)}</span>
        <span>{formatShortDate(last.day)}</span>
      </figcaption>
    </figure>
  );
}
