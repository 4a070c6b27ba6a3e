import './request-detail.css';
import { Check, Link2, Paperclip, Send, Trash2 } from 'lucide-react';
import { type Evidence, evidenceLabel } from '../../shared/domain/evidence.ts';
import type { ControlReference, EvidenceId } from '../../shared/domain/ids.ts';
import {
  type EvidenceRequest,
  isLateRequest,
  isOpenRequest,
  type RequestFields,
  requestLabel,
  requestStates,
} from '../../shared/domain/request.ts';
import type { ControlRow } from '../../shared/ipc/audits.ts';
import { AttachStatus } from '../evidence/attach.tsx';
import { DropZone } from '../evidence/drop-zone.tsx';
import { isoDay } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import type { DraftStatus } from '../record/drafts.ts';
import { DueMark } from '../record/due-mark.tsx';
import { LinkedControls, LinkedEvidence } from '../record/linked-records.tsx';
import { RecordFrame } from '../record/record-frame.tsx';
import type { Navigate } from '../screens.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { DateField } from '../ui/date-field.tsx';
import { Section } from '../ui/page.tsx';
import { Select } from '../ui/select.tsx';
import { TextArea, TextField } from '../ui/text-field.tsx';

/** A change of a request: its fields, and the whole list of links where that changed. */
export type RequestChange = Partial<RequestFields> & {
  readonly controls?: readonly ControlReference[];
  readonly evidence?: readonly EvidenceId[];
};

export interface RequestDetailProps {
  readonly request: EvidenceRequest;
  readonly status: DraftStatus;
  readonly mayEdit: boolean;
  /** Whether files hang over the screen. */
  readonly over: boolean;
  readonly controls: readonly ControlRow[];
  readonly evidence: readonly Evidence[];
  /** Evidence that may answer it already. */
  readonly suggested: readonly Evidence[];
  readonly onChange: (change: RequestChange, typed: boolean) => void;
  readonly onLeaveField: () => void;
  readonly onRetry: () => void;
  readonly onAttach: () => void;
  /** Notes that evidence which is there already answers the request. */
  readonly onReceive: (evidence: readonly EvidenceId[]) => void;
  readonly onRemove: () => void;
  readonly navigate: Navigate;
}

/** One request to read and edit. Every change is saved by itself. */
export function RequestDetail(props: RequestDetailProps) {
  const { request, status, mayEdit, controls, evidence, onChange, onLeaveField, onRetry, onRemove, navigate } = props;
  const label = requestLabel(request.number);
  const late = isLateRequest(request, isoDay(new Date()));
  return (
    <RecordFrame
      name={`${label} ${request.title}`}
      label={label}
      mark={late ? <DueMark due={request.due} overdue /> : null}
      status={status}
      onRetry={onRetry}
      actions={
        mayEdit ? <IconButton label={t('requests.remove')} icon={<Trash2 aria-hidden="true" />} size="small" onPress={onRemove} /> : null
      }
      title={{
        label: t('requests.field.title'),
        missing: t('requests.field.title.missing'),
        value: request.title,
        isReadOnly: !mayEdit,
        onChange: (title) => onChange({ title }, true),
        onBlur: onLeaveField,
      }}
    >
      {mayEdit ? <NextStep request={request} onChange={onChange} /> : null}
      <TextArea
        label={t('requests.field.description')}
        placeholder={mayEdit ? t('requests.field.description.hint') : ''}
        rows={2}
        value={request.description}
        isReadOnly={!mayEdit}
        onChange={(description) => onChange({ description }, true)}
        onBlur={onLeaveField}
      />
      <div className="request__facts">
        <TextField
          label={t('requests.field.askedOf')}
          value={request.askedOf}
          maxLength={400}
          isReadOnly={!mayEdit}
          onChange={(askedOf) => onChange({ askedOf }, true)}
          onBlur={onLeaveField}
        />
        <Select
          label={t('requests.field.state')}
          options={requestStates.map((state) => ({ value: state, label: t(`requests.state.${state}`) }))}
          value={request.state}
          isDisabled={!mayEdit}
          onChange={(state) => onChange({ state }, false)}
        />
        <DateField
          label={t('requests.field.askedAt')}
          value={request.askedAt}
          isReadOnly={!mayEdit}
          onChange={(askedAt) => onChange({ askedAt }, false)}
        />
        <DateField label={t('requests.field.due')} value={request.due} isReadOnly={!mayEdit} onChange={(due) => onChange({ due }, false)} />
      </div>
      <Arrived {...props} />
      <LinkedControls
        kind="requests"
        items={controls}
        linked={request.controls}
        mayEdit={mayEdit}
        onChange={(linked) => onChange({ controls: linked }, false)}
        navigate={navigate}
      />
      <LinkedEvidence
        kind="requests"
        items={evidence}
        linked={request.evidence}
        mayEdit={mayEdit}
        onChange={(linked) => changeEvidence(props, linked)}
        navigate={navigate}
      />
      <TextArea
        label={t('requests.field.note')}
        description={t('requests.field.note.hint')}
        rows={2}
        value={request.note}
        isReadOnly={!mayEdit}
        onChange={(note) => onChange({ note }, true)}
        onBlur={onLeaveField}
      />
    </RecordFrame>
  );
}

/** What is added arrived, and speaks for the controls too; what is taken away is only unlinked. */
function changeEvidence({ request, onChange, onReceive }: RequestDetailProps, ids: readonly EvidenceId[]): void {
  const added = ids.filter((id) => !request.evidence.includes(id));
  if (added.length > 0) onReceive(added);
  else onChange({ evidence: ids }, false);
}

/** The one step that is most likely next, in one press. */
function NextStep({ request, onChange }: Pick<RequestDetailProps, 'request' | 'onChange'>) {
  if (request.state === 'draft') {
    return (
      <Button className="request__next" icon={<Send aria-hidden="true" />} onPress={() => onChange({ state: 'asked' }, false)}>
        {t('requests.ask')}
      </Button>
    );
  }
  if (!isOpenRequest(request)) return null;
  return (
    <Button className="request__next" icon={<Check aria-hidden="true" />} onPress={() => onChange({ state: 'received' }, false)}>
      {t('requests.tick')}
    </Button>
  );
}

/** Files attached straight to the request, and evidence that may answer it already. */
function Arrived({ mayEdit, over, suggested, onAttach, onReceive }: RequestDetailProps) {
  if (!mayEdit) return null;
  return (
    <Section title={t('requests.section.arrived')}>
      <AttachStatus />
      <DropZone over={over} onPress={onAttach} />
      {suggested.length === 0 ? null : (
        <div className="request__suggested">
          <p>{t('requests.suggested', { count: suggested.length })}</p>
          <ul>
            {suggested.slice(0, 10).map(({ id, number, title }) => (
              <li key={id} className="request__suggestion">
                <Paperclip aria-hidden="true" />
                <span className="request__suggestion-title">{title}</span>
                <Button size="small" icon={<Link2 aria-hidden="true" />} onPress={() => onReceive([id])}>
                  {t('requests.suggested.one', { label: evidenceLabel(number) })}
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Section>
  );
}
