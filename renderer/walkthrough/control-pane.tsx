import './control-pane.css';
import { Flag, Paperclip } from 'lucide-react';
import type { Ref } from 'react';
import type { Verdict } from '../../shared/domain/answer.ts';
import { findingLabel } from '../../shared/domain/finding.ts';
import type { FindingId } from '../../shared/domain/ids.ts';
import type { ControlDetail } from '../../shared/ipc/answers.ts';
import { t } from '../i18n/translate.ts';
import { Badge, Button, IconButton, Kbd, VerdictIcon, verdictWord } from '../ui/index.ts';
import type { SaveStatus } from './autosave.ts';
import { CarryLines, type CarryProps } from './carry.tsx';
import { Decision } from './decision.tsx';
import { Earlier } from './earlier.tsx';
import type { PartProps } from './editing.ts';
import { Guidance } from './guidance.tsx';
import { People } from './people.tsx';
import { Questions } from './questions.tsx';
import { RadioBar } from './radio-bar.tsx';
import { Rationale } from './rationale.tsx';
import { SamplePart } from './sample-part.tsx';
import { SaveLine } from './save-line.tsx';
import { WorkLine } from './work-line.tsx';

/** In the order of the keys 1 to 5. */
export const verdictOrder: readonly Verdict[] = ['compliant', 'partially-compliant', 'non-compliant', 'not-applicable', 'not-assessed'];

export interface ControlPaneProps extends PartProps {
  readonly detail: ControlDetail;
  readonly status: SaveStatus;
  /** Counts from 1 in the list that j and k walk through. */
  readonly position: number;
  readonly count: number;
  readonly rationaleRef: Ref<HTMLTextAreaElement>;
  readonly onVerdict: (verdict: Verdict) => void;
  readonly onStep: (step: 1 | -1) => void;
  readonly onRetry: () => void;
  readonly onNewFinding: () => void;
  readonly onFinding: (id: FindingId) => void;
  readonly onAttach: () => void;
  /** Size of the organisation, where the audit's profile tells it. */
  readonly size: 'small' | 'large' | null;
  readonly carry: Pick<CarryProps, 'auditId' | 'rows' | 'saveFirst' | 'onControl'>;
}

/** The third column: everything the auditor decides and writes about one control. */
export function ControlPane(props: ControlPaneProps) {
  const { detail, answer, edit, flush, readOnly, status, position, count, rationaleRef } = props;
  const { control } = detail;
  const part: PartProps = { answer, edit, flush, readOnly };
  return (
    <article className="control-pane" aria-labelledby="control-title">
      <header className="control-pane__head">
        <div className="control-pane__place">
          <span className="mono control-pane__citation">{control.citations.join(', ')}</span>
          <Badge>{t(`common.requirement.${control.requirement}`)}</Badge>
          <span className="control-pane__step">
            <span className="numeric">{t('walkthrough.position', { position, count })}</span>
            <IconButton label={t('walkthrough.next')} size="small" icon={<Kbd keys="j" />} onPress={() => props.onStep(1)} />
            <IconButton label={t('walkthrough.previous')} size="small" icon={<Kbd keys="k" />} onPress={() => props.onStep(-1)} />
          </span>
        </div>
        <h2 id="control-title" className="control-pane__title">
          {control.title}
        </h2>
        <p className="control-pane__objective text-column">{control.objective}</p>
      </header>

      <Earlier auditId={props.carry.auditId} detail={detail} readOnly={readOnly} />
      <div className="control-pane__verdict">
        <RadioBar
          label={t('walkthrough.verdict')}
          options={verdictOrder.map((value, index) => ({
            value,
            label: verdictWord(value),
            icon: <VerdictIcon verdict={value} />,
            shortcut: String(index + 1),
          }))}
          value={answer.verdict}
          onChange={props.onVerdict}
          isDisabled={readOnly}
        />
        <WorkLine {...part} steps={control.methods} />
      </div>
      <CarryLines {...props.carry} detail={detail} answer={answer} readOnly={readOnly} />
      {control.requirement === 'addressable' ? <Decision {...part} /> : null}
      <Questions {...part} questions={control.questions} />
      <Rationale {...part} inputRef={rationaleRef} />
      <footer className="control-pane__foot">
        {detail.findings.map((finding) => (
          <Button key={finding.id} icon={<Flag aria-hidden="true" />} onPress={() => props.onFinding(finding.id)}>
            {t('walkthrough.finding.open', { label: findingLabel(finding.number) })}
          </Button>
        ))}
        <Button icon={<Flag aria-hidden="true" />} shortcut="f" isDisabled={readOnly} onPress={props.onNewFinding}>
          {t('walkthrough.finding.new')}
        </Button>
        <Button icon={<Paperclip aria-hidden="true" />} shortcut="e" isDisabled={readOnly} onPress={props.onAttach}>
          {t('walkthrough.attach')}
        </Button>
        <SaveLine status={status} answer={answer} updatedByName={detail.updatedByName} onRetry={props.onRetry} />
      </footer>
      <People {...part} />
      <SamplePart {...part} />
      <Guidance control={control} size={props.size} />
    </article>
  );
}
