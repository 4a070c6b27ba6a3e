import type { AuditFields } from '../../shared/domain/audit.ts';
import { t } from '../i18n/translate.ts';
import { DateField, TextArea, TextField } from '../ui/index.ts';

/** The fields as they are typed: lists as lines of text. */
export type AuditDraft = Readonly<Record<keyof AuditFields, string>>;

export const emptyDraft: AuditDraft = {
  organisation: '',
  title: '',
  scope: '',
  sites: '',
  systems: '',
  periodFrom: '',
  periodTo: '',
  due: '',
  summary: '',
  limits: '',
};

export function draftOf(fields: AuditFields): AuditDraft {
  const { organisation, title, scope, sites, systems, periodFrom, periodTo, due, summary, limits } = fields;
  return { organisation, title, scope, sites: sites.join('\n'), systems: systems.join('\n'), periodFrom, periodTo, due, summary, limits };
}

export function fieldsOf(draft: AuditDraft): Omit<AuditFields, 'sites' | 'systems'> & { sites: string[]; systems: string[] } {
  return { ...draft, sites: lines(draft.sites), systems: lines(draft.systems) };
}

/** Whether the draft can be saved. */
export function isComplete(draft: AuditDraft): boolean {
  return draft.organisation.trim() !== '' && draft.title.trim() !== '' && !isDisordered(draft);
}

interface FieldsProps {
  readonly draft: AuditDraft;
  readonly onChange: (draft: AuditDraft) => void;
}

export function NameFields({ draft, onChange }: FieldsProps) {
  return (
    <div className="new-audit__columns">
      <TextField
        label={t('audits.new.organisation')}
        value={draft.organisation}
        onChange={(organisation) => onChange({ ...draft, organisation })}
        autoFocus
      />
      <TextField
        label={t('audits.new.name')}
        value={draft.title}
        onChange={(title) => onChange({ ...draft, title })}
        description={t('audits.new.name.hint')}
      />
    </div>
  );
}

export function ScopeFields({ draft, onChange }: FieldsProps) {
  return (
    <>
      <div className="new-audit__columns">
        <DateField
          label={t('audits.new.from')}
          value={draft.periodFrom}
          onChange={(periodFrom) => onChange({ ...draft, periodFrom })}
          optional
        />
        <DateField
          label={t('audits.new.to')}
          value={draft.periodTo}
          onChange={(periodTo) => onChange({ ...draft, periodTo })}
          optional
          {...(isDisordered(draft) ? { error: t('audits.new.order') } : {})}
        />
        <DateField label={t('audits.new.due')} value={draft.due} onChange={(due) => onChange({ ...draft, due })} optional />
      </div>
      <TextArea label={t('audits.new.scope')} value={draft.scope} onChange={(scope) => onChange({ ...draft, scope })} optional />
      <div className="new-audit__columns">
        <TextArea
          label={t('audits.new.sites')}
          description={t('audits.new.lines')}
          value={draft.sites}
          onChange={(sites) => onChange({ ...draft, sites })}
          rows={2}
          optional
        />
        <TextArea
          label={t('audits.new.systems')}
          description={t('audits.new.lines')}
          value={draft.systems}
          onChange={(systems) => onChange({ ...draft, systems })}
          rows={2}
          optional
        />
      </div>
    </>
  );
}

/** What is written for the report's first page, towards the end of the work. */
export function SummaryFields({ draft, onChange }: FieldsProps) {
  return (
    <>
      <TextArea
        label={t('audits.summary')}
        description={t('audits.summary.hint')}
        value={draft.summary}
        onChange={(summary) => onChange({ ...draft, summary })}
        rows={5}
        optional
      />
      <TextArea
        label={t('audits.limits')}
        description={t('audits.limits.hint')}
        value={draft.limits}
        onChange={(limits) => onChange({ ...draft, limits })}
        optional
      />
    </>
  );
}

function isDisordered({ periodFrom, periodTo }: AuditDraft): boolean {
  return periodFrom !== '' && periodTo !== '' && periodTo < periodFrom;
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
