import './finding-detail.css';
import { Ellipsis, ListPlus, Trash2 } from 'lucide-react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { type Finding, type FindingFields, findingLabel, findingStates } from '../../shared/domain/finding.ts';
import type { ControlReference, EvidenceId } from '../../shared/domain/ids.ts';
import { isOverdue, type Task } from '../../shared/domain/plan.ts';
import type { ControlRow } from '../../shared/ipc/audits.ts';
import { formatPercent, isoDay } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import type { DraftStatus } from '../record/drafts.ts';
import { DueMark } from '../record/due-mark.tsx';
import { LinkedControls, LinkedEvidence } from '../record/linked-records.tsx';
import { RecordFrame } from '../record/record-frame.tsx';
import type { Navigate } from '../screens.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { DateField } from '../ui/date-field.tsx';
import { Link } from '../ui/link.tsx';
import { Menu } from '../ui/menu.tsx';
import { Section } from '../ui/page.tsx';
import { Select } from '../ui/select.tsx';
import { TextArea, TextField } from '../ui/text-field.tsx';
import { RatingField } from './rating-field.tsx';
import { RiskMark } from './risk-mark.tsx';

/** A change of a finding: its fields, and the whole list of links where that changed. */
export type FindingChange = Partial<FindingFields> & {
  readonly controls?: readonly ControlReference[];
  readonly evidence?: readonly EvidenceId[];
};

export interface FindingDetailProps {
  readonly finding: Finding;
  readonly status: DraftStatus;
  readonly mayEdit: boolean;
  readonly controls: readonly ControlRow[];
  readonly evidence: readonly Evidence[];
  readonly tasks: readonly Task[];
  readonly onChange: (change: FindingChange, typed: boolean) => void;
  readonly onLeaveField: () => void;
  readonly onRetry: () => void;
  readonly onRemove: () => void;
  readonly onAddTask: () => void;
  readonly navigate: Navigate;
}

const texts = ['condition', 'criteria', 'cause', 'effect', 'recommendation', 'response'] as const;

/** One finding to read and edit. Every change is saved by itself. */
export function FindingDetail(props: FindingDetailProps) {
  const { finding, status, mayEdit, controls, evidence, tasks, onChange, onLeaveField, onRetry, onRemove, onAddTask, navigate } = props;
  const label = findingLabel(finding.number);
  const today = isoDay(new Date());
  return (
    <RecordFrame
      name={`${label} ${finding.title}`}
      label={label}
      mark={<RiskMark likelihood={finding.likelihood} impact={finding.impact} />}
      status={status}
      onRetry={onRetry}
      actions={
        mayEdit ? (
          <Menu
            label={t('findings.more')}
            entries={[
              { id: 'task', label: t('findings.tasks.add'), icon: <ListPlus aria-hidden="true" />, run: onAddTask },
              { id: 'remove', label: t('findings.remove'), icon: <Trash2 aria-hidden="true" />, danger: true, run: onRemove },
            ]}
          >
            <IconButton label={t('findings.more')} icon={<Ellipsis aria-hidden="true" />} size="small" />
          </Menu>
        ) : null
      }
      title={{
        label: t('findings.field.title'),
        missing: t('findings.field.title.missing'),
        value: finding.title,
        isReadOnly: !mayEdit,
        onChange: (title) => onChange({ title }, true),
        onBlur: onLeaveField,
      }}
    >
      <div className="finding__rating">
        <RatingField
          kind="likelihood"
          value={finding.likelihood}
          isDisabled={!mayEdit}
          onChange={(likelihood) => onChange({ likelihood }, false)}
        />
        <RatingField kind="impact" value={finding.impact} isDisabled={!mayEdit} onChange={(impact) => onChange({ impact }, false)} />
      </div>
      <div className="finding__facts">
        <TextField
          label={t('findings.field.owner')}
          value={finding.owner}
          maxLength={400}
          isReadOnly={!mayEdit}
          onChange={(owner) => onChange({ owner }, true)}
          onBlur={onLeaveField}
        />
        <DateField label={t('findings.field.due')} value={finding.due} isReadOnly={!mayEdit} onChange={(due) => onChange({ due }, false)} />
        <Select
          label={t('findings.field.state')}
          options={findingStates.map((state) => ({ value: state, label: t(`findings.state.${state}`) }))}
          value={finding.state}
          isDisabled={!mayEdit}
          onChange={(state) => onChange({ state }, false)}
        />
      </div>

      <Section title={t('findings.section.text')}>
        {texts.map((field) => (
          <TextArea
            key={field}
            label={t(`findings.field.${field}`)}
            placeholder={mayEdit ? t(`findings.field.${field}.hint`) : ''}
            rows={2}
            value={finding[field]}
            isReadOnly={!mayEdit}
            onChange={(value) => onChange({ [field]: value }, true)}
            onBlur={onLeaveField}
          />
        ))}
      </Section>

      <LinkedControls
        kind="findings"
        items={controls}
        linked={finding.controls}
        mayEdit={mayEdit}
        onChange={(linked) => onChange({ controls: linked }, false)}
        navigate={navigate}
      />
      <LinkedEvidence
        kind="findings"
        items={evidence}
        linked={finding.evidence}
        mayEdit={mayEdit}
        onChange={(linked) => onChange({ evidence: linked }, false)}
        navigate={navigate}
      />

      <Section
        title={`${t('findings.section.tasks')} ${tasks.length === 0 ? '' : tasks.length}`.trim()}
        aside={
          mayEdit ? (
            <Button size="small" variant="quiet" icon={<ListPlus aria-hidden="true" />} onPress={onAddTask}>
              {t('findings.tasks.add')}
            </Button>
          ) : undefined
        }
      >
        {tasks.length === 0 ? <p className="muted">{t('findings.tasks.none')}</p> : null}
        <ul className="finding__tasks">
          {tasks.map((task) => (
            <li key={task.id} className="finding__task">
              <Link onPress={() => navigate('plan', { taskId: task.id })}>{task.title}</Link>
              <span className="muted numeric">{formatPercent(task.progress / 100)}</span>
              <DueMark due={task.due} overdue={isOverdue(task, today)} />
            </li>
          ))}
        </ul>
      </Section>
    </RecordFrame>
  );
}
