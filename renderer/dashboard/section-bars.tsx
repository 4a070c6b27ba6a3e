import { Button as AriaButton } from 'react-aria-components';
import type { Verdict } from '../../shared/domain/answer.ts';
import { verdicts } from '../../shared/domain/answer.ts';
import type { VerdictCounts } from '../../shared/domain/audit.ts';
import type { SectionRow } from '../../shared/ipc/audits.ts';
import { t } from '../i18n/translate.ts';
import type { Navigate } from '../screens.ts';
import { countsInWords, Link, Section, StackedBar, VerdictIcon, verdictWord } from '../ui/index.ts';

const legend: readonly Verdict[] = ['compliant', 'partially-compliant', 'non-compliant', 'not-applicable', 'not-assessed'];

export interface SectionBarsProps {
  readonly sections: readonly SectionRow[];
  readonly counts: VerdictCounts;
  readonly controls: number;
  readonly navigate: Navigate;
}

/** One bar per section of every checklist; the legend below counts them all. */
export function SectionBars({ sections, counts, controls, navigate }: SectionBarsProps) {
  const packs = [...new Map(sections.map((section) => [section.packId, section.packTitle]))];
  return (
    <Section title={t('dashboard.sections')} aside={t('dashboard.sections.count', { count: controls })} className="section-bars-part">
      {packs.map(([packId, packTitle]) => (
        <div key={packId}>
          {packs.length > 1 ? <h3 className="section-bars__pack">{packTitle}</h3> : null}
          <ul className="section-bars">
            {sections
              .filter((section) => section.packId === packId)
              .map((section) => (
                <SectionBar key={section.id} section={section} navigate={navigate} />
              ))}
          </ul>
        </div>
      ))}
      <ul className="section-bars__legend">
        {legend.map((verdict) => (
          <li key={verdict}>
            <VerdictIcon verdict={verdict} size={14} />
            <Link onPress={() => navigate('walkthrough', { verdict })}>
              {t('common.verdict.count', { count: counts[verdict], verdict: verdictWord(verdict) })}
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function SectionBar({ section, navigate }: { readonly section: SectionRow; readonly navigate: Navigate }) {
  const { packId, id, title, counts } = section;
  const total = verdicts.reduce((sum, verdict) => sum + counts[verdict], 0);
  const assessed = t('frame.assessed', { done: total - counts['not-assessed'], total });
  return (
    <li>
      <AriaButton
        className="section-bars__row"
        aria-label={t('dashboard.sections.open', { section: title, assessed, counts: countsInWords(counts) })}
        onPress={() => navigate('walkthrough', { sectionKey: `${packId}/${id}` })}
      >
        <span className="section-bars__title truncate">{title}</span>
        {/* The spaces keep the words apart for those who hear the row. */} <StackedBar counts={counts} />{' '}
        <span className="section-bars__count">{assessed}</span>
      </AriaButton>
    </li>
  );
}
