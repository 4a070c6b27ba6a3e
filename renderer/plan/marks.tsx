import './marks.css';
import { ChevronDown, ChevronsUp, ChevronUp, Equal } from 'lucide-react';
import type { Priority } from '../../shared/domain/plan.ts';
import { formatPercent } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';

const icons = { low: ChevronDown, medium: Equal, high: ChevronUp, critical: ChevronsUp } as const;

/** A priority as sign and word. */
export function PriorityMark({ priority }: { readonly priority: Priority }) {
  const Icon = icons[priority];
  return (
    <span className={`priority-mark priority-mark--${priority}`}>
      <Icon aria-hidden="true" />
      {t(`plan.priority.${priority}`)}
    </span>
  );
}

/** How far a task is: a thin bar and the number. */
export function ProgressMark({ percent }: { readonly percent: number }) {
  return (
    <span className="progress-mark">
      <span className="progress-mark__track" aria-hidden="true">
        <span className="progress-mark__fill" style={{ inlineSize: `${percent}%` }} />
      </span>
      <span className="numeric progress-mark__number">{formatPercent(percent / 100)}</span>
    </span>
  );
}
