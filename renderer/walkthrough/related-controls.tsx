import { useMemo } from 'react';
import { type ControlReference, controlKey } from '../../shared/domain/ids.ts';
import type { Relative } from '../../shared/domain/relations.ts';
import type { ControlRow } from '../../shared/ipc/audits.ts';
import { t } from '../i18n/translate.ts';
import { Link, Section, VerdictIcon, verdictWord } from '../ui/index.ts';

export interface RelatedControlsProps {
  readonly related: readonly Relative[];
  readonly rows: readonly ControlRow[];
  readonly onControl: (reference: ControlReference) => void;
}

/** Controls of the audit's other checklists that ask the same, with where they stand: one glance shows what agrees and what does not. */
export function RelatedControls({ related, rows, onControl }: RelatedControlsProps) {
  const byKey = useMemo(() => new Map(rows.map((row) => [controlKey(row), row])), [rows]);
  if (related.length === 0) return null;
  return (
    <div className="inspector__parts">
      <Section title={t('walkthrough.related.title')}>
        <ul className="inspector__lines">
          {related.map((relative) => {
            const row = byKey.get(controlKey(relative));
            if (row === undefined) return null;
            return (
              <li key={controlKey(relative)} className="inspector__finding">
                <VerdictIcon verdict={row.verdict} />
                <div>
                  <Link
                    onPress={() => onControl(relative)}
                    label={t('walkthrough.related.open', { title: row.title, citation: row.citation })}
                  >
                    {row.title}
                  </Link>
                  <p className="muted crosswalk__source">
                    {row.citation} · {verdictWord(row.verdict)}
                  </p>
                  <p className="muted crosswalk__source">{t('walkthrough.crosswalk.source', { source: relative.source })}</p>
                </div>
              </li>
            );
          })}
        </ul>
      </Section>
    </div>
  );
}
