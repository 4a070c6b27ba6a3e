import { Button as AriaButton } from 'react-aria-components';
import { riskLevel } from '../../shared/domain/risk.ts';
import type { Dashboard } from '../../shared/ipc/audits.ts';
import { t } from '../i18n/translate.ts';
import type { Navigate } from '../screens.ts';
import { Section } from '../ui/index.ts';

const steps = [1, 2, 3, 4, 5] as const;
const downwards = [5, 4, 3, 2, 1] as const;

/** Open findings on the 5 x 5 matrix, likelihood upwards, impact to the right. */
export function HeatMap({ heat, navigate }: Pick<Dashboard, 'heat'> & { readonly navigate: Navigate }) {
  const countAt = (likelihood: number, impact: number) =>
    heat.find((cell) => cell.likelihood === likelihood && cell.impact === impact)?.count ?? 0;
  return (
    <Section title={t('dashboard.risk')} className="risk-part">
      <table className="heat-map" aria-label={t('dashboard.risk.table')}>
        <tbody>
          {downwards.map((likelihood) => (
            <tr key={likelihood}>
              <th scope="row">
                <span className="visually-hidden">{t('dashboard.risk.likelihood')} </span>
                {likelihood}
              </th>
              {steps.map((impact) => (
                <td key={impact}>
                  <HeatCell likelihood={likelihood} impact={impact} count={countAt(likelihood, impact)} navigate={navigate} />
                </td>
              ))}
            </tr>
          ))}
          <tr>
            <td />
            {steps.map((impact) => (
              <th key={impact} scope="col">
                <span className="visually-hidden">{t('dashboard.risk.impact')} </span>
                {impact}
              </th>
            ))}
          </tr>
        </tbody>
      </table>
      {heat.length === 0 ? <p className="muted">{t('dashboard.risk.none')}</p> : null}
    </Section>
  );
}

interface HeatCellProps {
  readonly likelihood: number;
  readonly impact: number;
  readonly count: number;
  readonly navigate: Navigate;
}

function HeatCell({ likelihood, impact, count, navigate }: HeatCellProps) {
  const level = riskLevel(likelihood, impact);
  if (count === 0) return <span className={`heat-map__cell heat-map__cell--${level}`} />;
  const label = t('dashboard.risk.cell', { count, likelihood, impact, level: t(`common.risk.${level}`).toLocaleLowerCase() });
  return (
    <AriaButton
      className={`heat-map__cell heat-map__cell--${level} heat-map__cell--filled`}
      aria-label={label}
      onPress={() => navigate('findings', { risk: { likelihood, impact } })}
    >
      {count}
    </AriaButton>
  );
}
