import './sections.css';
import type { MouseEvent } from 'react';
import type { VerdictCounts } from '../../shared/domain/audit.ts';
import type { ControlReference } from '../../shared/domain/ids.ts';
import type { ControlRow, SectionRow } from '../../shared/ipc/audits.ts';
import { t } from '../i18n/translate.ts';
import { classNames, Ring } from '../ui/index.ts';
import { assessedCount, groupSections, sectionGroups, sectionKey, totalCount } from './filter.ts';

export interface SectionsProps {
  readonly sections: readonly SectionRow[];
  readonly rows: readonly ControlRow[];
  /** Counts that follow a verdict before it is saved, by section key. */
  readonly counts: ReadonlyMap<string, VerdictCounts>;
  readonly section: string | null;
  /** Heading of the open control. */
  readonly group: string | null;
  readonly onSection: (key: string) => void;
  readonly onControl: (reference: ControlReference) => void;
}

/** The first column: sections by checklist with their progress, and the standards of the current section. */
export function Sections({ sections, rows, counts, section, group, onSection, onControl }: SectionsProps) {
  const groups = groupSections(sections);
  const standards = section === null ? [] : sectionGroups(rows, section);
  return (
    <nav className="sections" aria-label={t('walkthrough.sections')}>
      {groups.map(({ packId, packTitle, sections: members }) => (
        <div key={packId} className="sections__group">
          <h2 className="overline sections__title">{groups.length > 1 ? packTitle : t('walkthrough.sections')}</h2>
          <ul>
            {members.map((member) => {
              const key = sectionKey(member);
              return (
                <li key={key}>
                  <SectionButton
                    title={member.title}
                    counts={counts.get(key) ?? member.counts}
                    current={key === section}
                    onPress={() => onSection(key)}
                  />
                </li>
              );
            })}
          </ul>
        </div>
      ))}
      {standards.length < 2 ? null : (
        <div className="sections__group">
          <h2 className="overline sections__title">{t('walkthrough.standards')}</h2>
          <ul>
            {standards.map(({ title, first }) => (
              <li key={title}>
                <button
                  type="button"
                  className="sections__standard"
                  aria-current={title === group ? 'true' : undefined}
                  onClick={(event) => {
                    letGo(event);
                    onControl(first);
                  }}
                >
                  {title}
                </button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </nav>
  );
}

interface SectionButtonProps {
  readonly title: string;
  readonly counts: VerdictCounts;
  readonly current: boolean;
  readonly onPress: () => void;
}

function SectionButton({ title, counts, current, onPress }: SectionButtonProps) {
  const done = assessedCount(counts);
  const total = totalCount(counts);
  return (
    <button
      type="button"
      className={classNames('sections__section', current && 'sections__section--current')}
      aria-current={current ? 'true' : undefined}
      onClick={(event) => {
        letGo(event);
        onPress();
      }}
    >
      <span aria-hidden="true" className="sections__ring">
        <Ring done={done} total={total} />
      </span>
      <span className="sections__name">{title}</span>
      <span className="sections__count numeric" aria-hidden="true">
        {done}/{total}
      </span>
      <span className="visually-hidden">{t('walkthrough.sections.progress', { done, total })}</span>
    </button>
  );
}

/** After a click with the mouse the keyboard goes on in the control; a key press here would draw the focus ring on the section. */
function letGo(event: MouseEvent<HTMLButtonElement>): void {
  if (event.detail > 0) event.currentTarget.blur();
}
