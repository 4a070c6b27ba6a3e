import { ArrowLeft, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { type Control, type Method, methods, type Requirement } from '../../shared/domain/control.ts';
import { t } from '../i18n/translate.ts';
import { Button, IconButton, NumberField, Section, Select, TextArea, TextField } from '../ui/index.ts';
import { addQuestion } from './draft-content.ts';

export interface DraftControlProps {
  readonly control: Control;
  /** The reason that a tailored control needs; null when it is as in the base or there is none. */
  readonly reason: { readonly key: string; readonly text: string } | null;
  readonly onReason: (key: string, reason: string) => void;
  readonly onChange: (control: Control) => void;
  readonly onBack: () => void;
  readonly readOnly: boolean;
}

const requirements: readonly Requirement[] = ['required', 'addressable', 'standard', 'recommended'];

/** Everything one control says, as a form. */
export function DraftControl({ control, reason, onReason, onChange, onBack, readOnly }: DraftControlProps) {
  const set = (fields: Partial<Control>) => onChange({ ...control, ...fields });
  const question = (index: number, fields: Partial<Control['questions'][number]>) =>
    set({ questions: control.questions.map((other, position) => (position === index ? { ...other, ...fields } : other)) });
  const method = (name: Method, what: string) => {
    const others = control.methods.filter((step) => step.method !== name);
    set({
      methods: methods.flatMap((candidate) =>
        candidate === name ? (what === '' ? [] : [{ method: name, what }]) : others.filter((step) => step.method === candidate),
      ),
    });
  };
  return (
    <div className="draft">
      <div>
        <Button size="small" icon={<ArrowLeft aria-hidden="true" />} onPress={onBack}>
          {t('checklists.control.back')}
        </Button>
      </div>
      {reason === null ? null : (
        <div className="draft__reason">
          <TextArea
            label={t('checklists.reason.needed')}
            rows={2}
            value={reason.text}
            onChange={(text) => onReason(reason.key, text)}
            isReadOnly={readOnly}
          />
        </div>
      )}
      <div className="draft__columns">
        <TextField
          label={t('checklists.control.title')}
          value={control.title}
          onChange={(title) => set({ title })}
          isReadOnly={readOnly}
          autoFocus
        />
        <TextField label={t('checklists.control.id')} mono value={control.id} onChange={(id) => set({ id })} isReadOnly={readOnly} />
        <Select
          label={t('checklists.control.requirement')}
          options={requirements.map((value) => ({ value, label: t(`common.requirement.${value}`) }))}
          value={control.requirement}
          onChange={(requirement) => set({ requirement })}
          isDisabled={readOnly}
        />
      </div>
      <Lines
        label={t('checklists.control.citations')}
        values={control.citations}
        onChange={(citations) => set({ citations })}
        readOnly={readOnly}
      />
      <TextArea
        label={t('checklists.control.objective')}
        rows={2}
        value={control.objective}
        onChange={(objective) => set({ objective })}
        isReadOnly={readOnly}
      />
      <Section
        title={t('walkthrough.questions')}
        aside={
          readOnly ? null : (
            <Button size="small" icon={<Plus aria-hidden="true" />} onPress={() => onChange(addQuestion(control))}>
              {t('checklists.question.add')}
            </Button>
          )
        }
      >
        {control.questions.map((entry, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: ids may be twice while somebody writes
          <div key={index} className="draft__question">
            <div className="draft__row">
              <TextArea
                className="draft__grow"
                label={t('checklists.question.text', { number: index + 1 })}
                rows={1}
                value={entry.text}
                onChange={(text) => question(index, { text })}
                isReadOnly={readOnly}
              />
              {readOnly ? null : (
                <IconButton
                  label={t('checklists.question.remove', { number: index + 1 })}
                  icon={<Trash2 aria-hidden="true" />}
                  onPress={() => set({ questions: control.questions.filter((_, position) => position !== index) })}
                />
              )}
            </div>
            <div className="draft__columns">
              <TextArea
                label={t('walkthrough.question.good')}
                rows={1}
                value={entry.good}
                onChange={(good) => question(index, { good })}
                isReadOnly={readOnly}
              />
              <TextArea
                label={t('walkthrough.question.evidence')}
                rows={1}
                value={entry.evidence}
                onChange={(evidence) => question(index, { evidence })}
                isReadOnly={readOnly}
              />
            </div>
          </div>
        ))}
      </Section>
      <div className="draft__columns">
        {methods.map((name) => (
          <TextArea
            key={name}
            label={t(`common.method.${name}`)}
            rows={2}
            value={control.methods.find((step) => step.method === name)?.what ?? ''}
            onChange={(what) => method(name, what)}
            isReadOnly={readOnly}
          />
        ))}
      </div>
      <div className="draft__columns">
        <Lines
          label={t('walkthrough.expected')}
          values={control.expectedEvidence}
          onChange={(expectedEvidence) => set({ expectedEvidence })}
          readOnly={readOnly}
        />
        <Lines
          label={t('walkthrough.guidance.failures')}
          values={control.commonFailures}
          onChange={(commonFailures) => set({ commonFailures })}
          readOnly={readOnly}
        />
      </div>
      <div className="draft__columns">
        <TextArea
          label={t('walkthrough.guidance.small')}
          rows={2}
          value={control.guidance.small}
          onChange={(small) => set({ guidance: { ...control.guidance, small } })}
          isReadOnly={readOnly}
        />
        <TextArea
          label={t('walkthrough.guidance.large')}
          rows={2}
          value={control.guidance.large}
          onChange={(large) => set({ guidance: { ...control.guidance, large } })}
          isReadOnly={readOnly}
        />
      </div>
      <div className="draft__columns">
        <NumberField
          label={t('checklists.control.weight')}
          value={control.weight}
          minValue={1}
          maxValue={5}
          onChange={(weight) => set({ weight: weight ?? 3 })}
          isDisabled={readOnly}
        />
        <TextField
          label={t('checklists.control.weightReason')}
          value={control.weightReason}
          onChange={(weightReason) => set({ weightReason })}
          isReadOnly={readOnly}
        />
      </div>
      <Lines
        label={t('checklists.control.crosswalk')}
        description={t('checklists.control.crosswalk.hint')}
        values={control.crosswalk.map(({ framework, id, source }) => `${framework} ${id.replaceAll(' ', '_')} ${source}`)}
        onChange={(lines) => set({ crosswalk: lines.map(toLink) })}
        readOnly={readOnly}
      />
    </div>
  );
}

interface LinesProps {
  readonly label: string;
  readonly description?: string;
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  readonly readOnly: boolean;
}

/** A list with one entry a line. Keeps the text as it is typed: an empty line is not lost while the next one is written. */
function Lines({ label, description, values, onChange, readOnly }: LinesProps) {
  const [text, setText] = useState(values.join('\n'));
  return (
    <TextArea
      label={label}
      description={description ?? t('audits.new.lines')}
      rows={2}
      value={text}
      onChange={(next) => {
        setText(next);
        onChange(next.split('\n').filter((line) => line.trim() !== ''));
      }}
      isReadOnly={readOnly}
    />
  );
}

/** `nist-800-53r5 ac-2 own judgement`; what is not written yet is empty and told as a fault. */
function toLink(line: string): Control['crosswalk'][number] {
  const [framework = '', id = '', ...source] = line.trim().split(/\s+/);
  return { framework, id: id.replaceAll('_', ' '), source: source.join(' ') };
}
