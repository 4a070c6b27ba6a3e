import './coverage.css';
import { ChevronRight, CircleCheck, CircleDashed, CircleDot, CircleSlash, Download, SquareCheck } from 'lucide-react';
import { memo, useMemo, useState } from 'react';
import { type ControlCoverage, type CoverageState, coverageFigures, coverageState } from '../../shared/domain/coverage.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { evidenceLabel } from '../../shared/domain/evidence.ts';
import { type AuditId, controlKey, type EvidenceId } from '../../shared/domain/ids.ts';
import { call, shell } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { FoldedList } from '../report/folded-list.tsx';
import type { Navigate } from '../screens.ts';
import { Button, EmptyState, Link, QueryView, showError, showToast } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';
import { type CoverageSection, groupCoverage } from './coverage-view.ts';
import { ExpectedEntries } from './expected-entries.tsx';

export interface CoverageProps {
  readonly auditId: AuditId;
  readonly auditTitle: string;
  readonly items: readonly Evidence[];
  readonly mayEdit: boolean;
  readonly navigate: Navigate;
}

/** Every control with what its checklist expects and what shows it, gaps first. */
export function Coverage(props: CoverageProps) {
  const { auditId, items } = props;
  const query = useQuery('coverage.list', { auditId }, ['evidence', 'answers', 'audits']);
  const pieces = useMemo(() => new Map(items.map((item) => [item.id, item])), [items]);
  return (
    <div className="coverage">
      <QueryView query={query}>{(controls) => <Loaded {...props} controls={controls} pieces={pieces} />}</QueryView>
    </div>
  );
}

interface LoadedProps extends CoverageProps {
  readonly controls: readonly ControlCoverage[];
  readonly pieces: ReadonlyMap<EvidenceId, Evidence>;
}

function Loaded({ auditId, auditTitle, controls, pieces, mayEdit, navigate }: LoadedProps) {
  const [onlyOpen, setOnlyOpen] = useState(false);
  const packs = useMemo(() => groupCoverage(controls, onlyOpen), [controls, onlyOpen]);
  const { expected, shown, states } = useMemo(() => coverageFigures(controls), [controls]);
  const first = packs.flatMap(({ sections }) => sections).find(({ figures }) => figures.states.gap + figures.states.part > 0)?.key;
  return (
    <>
      <div className="coverage__head">
        <p className="coverage__figures">
          <strong className="numeric">{t('register.coverage.entries', { shown, expected })}</strong>
          <span className="muted">
            {t('register.coverage.states', { gap: states.gap, part: states.part, whole: states.whole, free: states['not-needed'] })}
          </span>
        </p>
        <button type="button" className="evidence-filter__pill" aria-pressed={onlyOpen} onClick={() => setOnlyOpen(!onlyOpen)}>
          {t('register.coverage.onlyOpen', { count: states.gap + states.part })}
        </button>
        <Button size="small" icon={<Download aria-hidden="true" />} onPress={() => void exportCsv(auditId, auditTitle)}>
          {t('register.coverage.export')}
        </Button>
      </div>
      {packs.every(({ sections }) => sections.length === 0) ? (
        <EmptyState icon={<SquareCheck />} title={t('register.coverage.done')} text={t('register.coverage.done.text')} />
      ) : null}
      {packs.map((pack) =>
        pack.sections.length === 0 ? null : (
          <section key={pack.packId} className="coverage__pack" aria-label={pack.title}>
            <h2 className="overline">{pack.title}</h2>
            {pack.sections.map((section) => (
              <Section
                key={section.key}
                section={section}
                startsOpen={section.key === first}
                auditId={auditId}
                pieces={pieces}
                mayEdit={mayEdit}
                navigate={navigate}
              />
            ))}
          </section>
        ),
      )}
    </>
  );
}

interface SectionProps extends Pick<CoverageProps, 'auditId' | 'mayEdit' | 'navigate'> {
  readonly section: CoverageSection;
  readonly startsOpen: boolean;
  readonly pieces: ReadonlyMap<EvidenceId, Evidence>;
}

/** Folded sections draw nothing of their controls, so that hundreds of them cost nothing. */
function Section({ section, startsOpen, ...rest }: SectionProps) {
  const [open, setOpen] = useState(startsOpen);
  const { states, expected, shown } = section.figures;
  return (
    <div className="coverage__section">
      <h3>
        <button type="button" className="coverage__fold" aria-expanded={open} onClick={() => setOpen(!open)}>
          <ChevronRight aria-hidden="true" />
          <span className="coverage__section-title">{section.title}</span>
          <span className="muted numeric">{t('register.coverage.section', { shown, expected, gaps: states.gap })}</span>
        </button>
      </h3>
      {open ? (
        <ul className="coverage__controls">
          {section.controls.map((control) => (
            <Control key={controlKey(control)} control={control} {...rest} />
          ))}
        </ul>
      ) : null}
    </div>
  );
}

interface ControlProps extends Omit<SectionProps, 'section' | 'startsOpen'> {
  readonly control: ControlCoverage;
}

const Control = memo(function Control({ auditId, control, pieces, mayEdit, navigate }: ControlProps) {
  const ticked = new Set(control.entries.flatMap((entry) => entry.pieces));
  const others = control.evidence.filter((id) => !ticked.has(id));
  const onEvidence = (evidenceId: EvidenceId) => navigate('evidence', { evidenceId });
  return (
    <li className="coverage__control">
      <div className="coverage__control-head">
        <StateSign state={coverageState(control)} />
        <Link className="coverage__control-title" onPress={() => navigate('walkthrough', { controlKey: controlKey(control) })}>
          <span className="mono">{control.citation}</span> {control.title}
        </Link>
      </div>
      <ExpectedEntries auditId={auditId} coverage={control} pieces={pieces} mayEdit={mayEdit} onEvidence={onEvidence} />
      {others.length === 0 ? null : (
        <div className="coverage__others">
          <p className="muted">{t(control.entries.length === 0 ? 'register.coverage.linked' : 'register.coverage.others')}</p>
          <FoldedList items={others}>
            {(id) => {
              const piece = pieces.get(id);
              return piece === undefined ? null : (
                <li key={id}>
                  <Link onPress={() => onEvidence(id)}>
                    <span className="mono">{evidenceLabel(piece.number)}</span> <bdi>{piece.title}</bdi>
                  </Link>
                </li>
              );
            }}
          </FoldedList>
        </div>
      )}
    </li>
  );
});

const signs = { gap: CircleDashed, part: CircleDot, whole: CircleCheck, 'not-needed': CircleSlash } as const;

function StateSign({ state }: { readonly state: CoverageState }) {
  const Icon = signs[state];
  return (
    <span className={`coverage__state coverage__state--${state}`}>
      <Icon aria-hidden="true" />
      {t(`register.coverage.state.${state}`)}
    </span>
  );
}

async function exportCsv(auditId: AuditId, title: string): Promise<void> {
  try {
    const suggestedName = `${t('register.coverage.file', { title }).slice(0, 200)}.csv`;
    const picked = await shell('pickSave', { kind: 'csv', suggestedName });
    if (picked === null) return;
    const { name } = await call('coverage.export', { auditId, token: picked.token });
    showToast({ title: t('evidence.exported', { name }), tone: 'success' });
  } catch (error) {
    showError(error);
  }
}
