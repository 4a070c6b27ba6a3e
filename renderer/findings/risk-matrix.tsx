import './risk-matrix.css';
import { ToggleButton } from 'react-aria-components';
import { riskLevel } from '../../shared/domain/risk.ts';
import { t } from '../i18n/translate.ts';
import { classNames } from '../ui/class-names.ts';
import { type Cell, cellKey } from './filter.ts';

export interface RiskMatrixProps {
  /** Findings by `cellKey`. */
  readonly counts: ReadonlyMap<string, number>;
  readonly selected: Cell | null;
  /** The cell that was chosen, or null when the chosen one was pressed again. */
  readonly onSelect: (cell: Cell | null) => void;
}

const upwards = [5, 4, 3, 2, 1];
const rightwards = [1, 2, 3, 4, 5];

/** The 5x5 matrix, likelihood upwards and impact to the right. Each cell is a switch that filters by it. */
export function RiskMatrix({ counts, selected, onSelect }: RiskMatrixProps) {
  return (
    <fieldset className="risk-matrix">
      <legend className="overline risk-matrix__title">{t('findings.matrix')}</legend>
      <div className="risk-matrix__grid">
        {upwards.map((likelihood) => (
          <div key={likelihood} className="risk-matrix__row">
            <span className="risk-matrix__axis" aria-hidden="true">
              {likelihood}
            </span>
            {rightwards.map((impact) => {
              const cell = { likelihood, impact };
              const count = counts.get(cellKey(cell)) ?? 0;
              const level = riskLevel(likelihood, impact);
              const chosen = selected !== null && cellKey(selected) === cellKey(cell);
              return (
                <ToggleButton
                  key={impact}
                  className={classNames('risk-matrix__cell', `risk-matrix__cell--${level}`, count > 0 && 'risk-matrix__cell--used')}
                  isSelected={chosen}
                  isDisabled={count === 0 && !chosen}
                  onChange={(on) => onSelect(on ? cell : null)}
                  aria-label={t('findings.matrix.cell', { likelihood, impact, count, level: t(`common.risk.${level}`) })}
                >
                  {count === 0 ? '' : count}
                </ToggleButton>
              );
            })}
          </div>
        ))}
        <div className="risk-matrix__row" aria-hidden="true">
          <span className="risk-matrix__axis" />
          {rightwards.map((impact) => (
            <span key={impact} className="risk-matrix__axis risk-matrix__axis--impact">
              {impact}
            </span>
          ))}
        </div>
      </div>
    </fieldset>
  );
}
