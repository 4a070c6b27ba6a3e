import './task-detail.css';
import { ArrowRight, Ellipsis, Trash2, X } from 'lucide-react';
import { type Finding, findingLabel } from '../../shared/domain/finding.ts';
import type { FindingId, TaskId } from '../../shared/domain/ids.ts';
import { priorities, type Task, type TaskFields } from '../../shared/domain/plan.ts';
import { t } from '../i18n/translate.ts';
import type { DraftStatus } from '../record/drafts.ts';
import { LinkedList } from '../record/linked-list.tsx';
import { RecordFrame } from '../record/record-frame.tsx';
import { Button, IconButton } from '../ui/button.tsx';
import { DateField } from '../ui/date-field.tsx';
import { Menu } from '../ui/menu.tsx';
import { NumberField } from '../ui/number-field.tsx';
import { Select } from '../ui/select.tsx';
import { TextArea, TextField } from '../ui/text-field.tsx';
import { possibleDependencies } from './filter.ts';

export interface TaskDetailProps {
  readonly task: Task;
  readonly status: DraftStatus;
  readonly mayEdit: boolean;
  readonly tasks: readonly Task[];
  readonly findings: readonly Finding[];
  readonly onChange: (change: Partial<TaskFields>, typed: boolean) => void;
  readonly onLeaveField: () => void;
  readonly onRetry: () => void;
  readonly onRemove: () => void;
  readonly onClose: () => void;
  readonly onOpenTask: (id: TaskId) => void;
  readonly onOpenFinding: (id: FindingId) => void;
}

const noFinding = 'none';

/** One task to read and edit. Every change is saved by itself. */
export function TaskDetail(props: TaskDetailProps) {
  const { task, status, mayEdit, tasks, findings, onChange, onLeaveField, onRetry, onRemove, onClose, onOpenTask, onOpenFinding } = props;
  const early = task.start !== '' && task.due !== '' && task.due < task.start;
  const item = ({ id, number, title }: Task) => ({ id, code: String(number), title });
  return (
    <RecordFrame
      name={task.title}
      label={t('plan.task', { number: task.number })}
      mark={null}
      status={status}
      onRetry={onRetry}
      actions={
        <>
          {mayEdit ? (
            <Menu
              label={t('plan.more')}
              entries={[{ id: 'remove', label: t('plan.remove'), icon: <Trash2 aria-hidden="true" />, danger: true, run: onRemove }]}
            >
              <IconButton label={t('plan.more')} icon={<Ellipsis aria-hidden="true" />} size="small" />
            </Menu>
          ) : null}
          <IconButton label={t('plan.close')} icon={<X aria-hidden="true" />} size="small" onPress={onClose} />
        </>
      }
      title={{
        label: t('plan.field.title'),
        missing: t('plan.field.title.missing'),
        value: task.title,
        isReadOnly: !mayEdit,
        onChange: (title) => onChange({ title }, true),
        onBlur: onLeaveField,
      }}
    >
      <div className="task__facts">
        <TextField
          label={t('plan.field.owner')}
          value={task.owner}
          maxLength={400}
          isReadOnly={!mayEdit}
          onChange={(owner) => onChange({ owner }, true)}
          onBlur={onLeaveField}
        />
        <TextField
          label={t('plan.field.phase')}
          value={task.phase}
          maxLength={400}
          isReadOnly={!mayEdit}
          onChange={(phase) => onChange({ phase }, true)}
          onBlur={onLeaveField}
        />
        <DateField
          label={t('plan.field.start')}
          value={task.start}
          isReadOnly={!mayEdit}
          onChange={(start) => onChange({ start }, false)}
        />
        <DateField
          label={t('plan.field.due')}
          value={task.due}
          isReadOnly={!mayEdit}
          onChange={(due) => onChange({ due }, false)}
          {...(early ? { error: t('plan.field.due.early') } : {})}
        />
        <Select
          label={t('plan.field.priority')}
          options={priorities.map((priority) => ({ value: priority, label: t(`plan.priority.${priority}`) }))}
          value={task.priority}
          isDisabled={!mayEdit}
          onChange={(priority) => onChange({ priority }, false)}
        />
        <NumberField
          label={t('plan.field.progress')}
          value={task.progress}
          minValue={0}
          maxValue={100}
          step={5}
          isReadOnly={!mayEdit}
          onChange={(progress) => onChange({ progress: Math.round(progress ?? 0) }, false)}
        />
      </div>
      <div className="task__finding">
        <Select
          label={t('plan.field.finding')}
          options={[
            { value: noFinding, label: t('plan.field.finding.none') },
            ...findings.map(({ id, number, title }) => ({ value: id as string, label: `${findingLabel(number)} ${title}` })),
          ]}
          value={task.findingId ?? noFinding}
          isDisabled={!mayEdit}
          onChange={(id) => onChange({ findingId: id === noFinding ? null : (id as FindingId) }, false)}
        />
        {task.findingId === null ? null : (
          <Button icon={<ArrowRight aria-hidden="true" />} onPress={() => task.findingId !== null && onOpenFinding(task.findingId)}>
            {t('plan.finding.open')}
          </Button>
        )}
      </div>
      <TextArea
        label={t('plan.field.criteria')}
        placeholder={mayEdit ? t('plan.field.criteria.hint') : ''}
        value={task.successCriteria}
        isReadOnly={!mayEdit}
        onChange={(successCriteria) => onChange({ successCriteria }, true)}
        onBlur={onLeaveField}
      />
      <LinkedList
        title={t('plan.dependencies')}
        none={t('plan.dependencies.none')}
        add={t('plan.dependencies.add')}
        searchLabel={t('plan.dependencies.search')}
        items={[...possibleDependencies(task, tasks), ...tasks.filter(({ id }) => task.dependsOn.includes(id))].map(item)}
        linked={task.dependsOn}
        mayEdit={mayEdit}
        onChange={(ids) => onChange({ dependsOn: ids as readonly TaskId[] }, false)}
        onOpen={(id) => onOpenTask(id as TaskId)}
      />
    </RecordFrame>
  );
}
