import './verdict-mark.css';
import type { Verdict, WorkStatus } from '../../shared/domain/answer.ts';
import { t } from '../i18n/translate.ts';
import { classNames } from './class-names.ts';

/** The word of a verdict. */
export function verdictWord(verdict: Verdict): string {
  return t(`common.verdict.${verdict}`);
}

/** The sign of a verdict, without words: check, half circle, cross, slash, empty ring. */
export function VerdictIcon({ verdict, size = 16 }: { readonly verdict: Verdict; readonly size?: number }) {
  return (
    <svg
      className={classNames('verdict-icon', `verdict-icon--${verdict}`)}
      viewBox="0 0 16 16"
      width={size}
      height={size}
      aria-hidden="true"
      focusable="false"
    >
      {shapes[verdict]}
    </svg>
  );
}

const shapes: Readonly<Record<Verdict, React.ReactNode>> = {
  compliant: (
    <>
      <circle cx="8" cy="8" r="7.25" fill="currentColor" />
      <path d="M4.9 8.3l2.1 2.1 4.1-4.5" fill="none" stroke="var(--paper)" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round" />
    </>
  ),
  'partially-compliant': (
    <>
      <circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" strokeWidth="1.6" />
      <path d="M8 1.6a6.4 6.4 0 0 0 0 12.8z" fill="currentColor" />
    </>
  ),
  'non-compliant': (
    <>
      <circle cx="8" cy="8" r="7.25" fill="currentColor" />
      <path d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8" fill="none" stroke="var(--paper)" strokeWidth="1.7" strokeLinecap="round" />
    </>
  ),
  'not-applicable': (
    <>
      <circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" strokeWidth="1.5" />
      <path d="M3.6 12.4l8.8-8.8" fill="none" stroke="currentColor" strokeWidth="1.5" />
    </>
  ),
  'not-assessed': <circle cx="8" cy="8" r="6.4" fill="none" stroke="currentColor" strokeWidth="1.4" strokeDasharray="2.1 1.92" />,
};

/** A verdict as icon and word; with `iconOnly` the word is still read out. */
export function VerdictMark({ verdict, iconOnly = false }: { readonly verdict: Verdict; readonly iconOnly?: boolean }) {
  return (
    <span className="verdict-mark">
      <VerdictIcon verdict={verdict} />
      <span className={iconOnly ? 'visually-hidden' : undefined}>{verdictWord(verdict)}</span>
    </span>
  );
}

/** How far the work on a control is, as a word with a small filling bar before it. */
export function WorkStatusLabel({ status }: { readonly status: WorkStatus }) {
  return (
    <span className={`work-status work-status--${status}`}>
      <span className="work-status__bar" aria-hidden="true">
        <span />
        <span />
        <span />
      </span>
      {t(`common.work.${status}`)}
    </span>
  );
}
