import './workbench.css';
import { type KeyboardEvent, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import type { AnswerPatch } from '../../shared/domain/answer.ts';
import { findingLabel } from '../../shared/domain/finding.ts';
import type { ControlReference, EvidenceId, FindingId } from '../../shared/domain/ids.ts';
import type { ControlRow, SectionRow } from '../../shared/ipc/audits.ts';
import { AttachStatus, pickAndAttach, useDrop, usePaste, useSettledResults } from '../evidence/attach.tsx';
import { linkPieces } from '../evidence/bulk-actions.ts';
import { useEvidenceDrop } from '../evidence/evidence-drag.ts';
import { Tray } from '../evidence/tray.tsx';
import { t } from '../i18n/translate.ts';
import type { ScreenProps } from '../screens.ts';
import { classNames, ErrorNotice, Loading, Notice, Page, showToast } from '../ui/index.ts';
import { usePermission } from '../use-permission.ts';
import { useQuery } from '../use-query.ts';
import { ControlList } from './control-list.tsx';
import { ControlPane } from './control-pane.tsx';
import { named, useAnswer, useController, useDetail, useDetailRefresh } from './controller.ts';
import { withWorkBegun } from './editing.ts';
import { countVerdicts } from './filter.ts';
import { FindingDialog } from './finding-dialog.tsx';
import { Inspector } from './inspector.tsx';
import { useRows } from './rows.ts';
import { Sections } from './sections.tsx';
import { usePlace } from './use-place.ts';
import { isTextField } from './use-typing.ts';
import { useWalkthroughCommands } from './walkthrough-commands.ts';
import { WalkthroughHeader } from './walkthrough-header.tsx';

export interface WorkbenchProps extends ScreenProps {
  readonly sections: readonly SectionRow[];
  readonly controls: readonly ControlRow[];
}

/** The four columns and what connects them. */
export function Workbench({ auditId, target, navigate, sections, controls }: WorkbenchProps) {
  const { frozen, mayEdit } = usePermission(auditId);
  const { autosave, details } = useController(auditId);
  const staff = useQuery('audits.applicability', { auditId }, ['audits']).data?.profile.staff ?? null;
  const rows = useRows(controls, autosave);
  const counts = useMemo(() => countVerdicts(rows), [rows]);
  const place = usePlace(auditId, rows, target);
  const { current, key, row } = place;
  const shown = useDetail(details, key);
  const state = useAnswer(autosave, key);
  const [findingOpen, setFindingOpen] = useState(false);
  const [tray, setTray] = useState(false);
  const rationaleRef = useRef<HTMLTextAreaElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const paneRef = useRef<HTMLDivElement>(null);

  // The open control first, then the ones a key press away, so that j and k paint at once.
  const wanted = useCallback(
    () => [current, place.next, place.previous].filter((reference): reference is ControlReference => reference !== null),
    [current, place.next, place.previous],
  );
  useEffect(() => {
    for (const reference of wanted()) details.want(reference);
  }, [details, wanted]);
  useDetailRefresh(details, auditId, wanted);

  // A control that is left is saved, whatever still waits; the keyboard goes on from the new one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when another control is opened
  useEffect(() => {
    paneRef.current?.scrollTo(0, 0);
    if (document.activeElement === document.body) paneRef.current?.focus({ preventScroll: true });
    return () => void autosave.flush();
  }, [key, autosave]);

  const answer = state?.answer ?? null;
  const readOnly = !mayEdit;
  const edit = useCallback(
    (patch: AnswerPatch, typed = false) => {
      const before = autosave.read(key)?.answer;
      if (before !== undefined && mayEdit) autosave.edit(current, withWorkBegun(before, patch), typed);
    },
    [autosave, current, key, mayEdit],
  );
  const flush = useCallback(() => void autosave.flush(), [autosave]);

  const attachTarget = mayEdit ? { auditId, controls: [named(current)] } : null;
  const drop = useDrop(attachTarget);
  usePaste(attachTarget);
  useSettledResults(key);
  const attach = () => {
    if (attachTarget !== null) void pickAndAttach(attachTarget);
  };
  const linkDropped = useCallback(
    (control: ControlReference, ids: readonly EvidenceId[]) => void linkPieces(auditId, ids, [control], true),
    [auditId],
  );
  const paneDrop = useEvidenceDrop(mayEdit ? (ids) => linkDropped(current, ids) : null);
  const latestAttach = useRef(attach);
  latestAttach.current = attach;
  const attachNow = useCallback(() => latestAttach.current(), []);
  const showEvidence = useCallback((evidenceId: EvidenceId) => navigate('evidence', { evidenceId }), [navigate]);
  const showFinding = useCallback((findingId: FindingId) => navigate('findings', { findingId }), [navigate]);
  // The inspector follows a moment later, so that the control itself is painted first.
  const inspected = useDeferredValue(shown.detail);
  const newFinding = () => {
    if (mayEdit && shown.detail !== null) setFindingOpen(true);
  };
  const ready = answer?.workStatus === 'ready-for-review';
  const toggleReady = () => edit({ workStatus: ready ? 'in-progress' : 'ready-for-review' });

  useWalkthroughCommands({
    step: place.step,
    edit,
    focusRationale: () => rationaleRef.current?.focus(),
    focusSearch: () => searchRef.current?.select(),
    attach,
    newFinding,
    toggleReady,
    toggleTray: () => setTray(!tray),
    ready,
    undo: async () => place.open(await autosave.undo()),
    redo: async () => place.open(await autosave.redo()),
  });

  const leaveField = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !isTextField(event.target)) return;
    // The search field uses the first Escape to empty itself.
    if (event.target === searchRef.current && place.search !== '') return;
    event.target.blur();
    paneRef.current?.focus({ preventScroll: true });
  };

  return (
    <Page
      flush
      header={
        <WalkthroughHeader
          auditId={auditId}
          packTitle={sections.find((section) => section.packId === current.packId)?.packTitle ?? ''}
          ready={ready}
          readOnly={readOnly}
          tray={tray}
          onTray={() => setTray(!tray)}
          onChecks={() => navigate('review')}
          onSearch={() => searchRef.current?.focus()}
          onReady={toggleReady}
        />
      }
    >
      <div className="workbench-frame">
        {/* biome-ignore lint/a11y/noStaticElementInteractions: files may be dropped anywhere; the button in it does the same */}
        <div className="workbench" onKeyDown={leaveField} {...drop.props}>
          <Sections
            sections={sections}
            rows={rows}
            counts={counts}
            section={place.section}
            group={row.group}
            onSection={place.openSection}
            onControl={place.open}
          />
          <ControlList
            rows={place.listed}
            counts={place.counts}
            current={key}
            filter={place.filter}
            search={place.search}
            searchRef={searchRef}
            onFilter={place.setFilter}
            onSearch={place.setSearch}
            onOpen={place.open}
            onEvidence={mayEdit ? linkDropped : null}
          />
          <div
            ref={paneRef}
            className={classNames('workbench__pane', paneDrop.over && 'workbench__pane--over')}
            tabIndex={-1}
            {...paneDrop.props}
          >
            {frozen ? (
              <div className="workbench__notice">
                <Notice title={t('walkthrough.frozen')} />
              </div>
            ) : null}
            {shown.error === null ? null : (
              <div className="workbench__notice">
                <ErrorNotice error={shown.error} onRetry={() => details.want(current)} />
              </div>
            )}
            {shown.detail === null || answer === null || state === null ? (
              shown.error === null ? (
                <Loading />
              ) : null
            ) : (
              <ControlPane
                key={key}
                detail={shown.detail}
                answer={answer}
                status={state.status}
                edit={edit}
                flush={flush}
                readOnly={readOnly}
                position={place.position}
                count={place.listed.length}
                rationaleRef={rationaleRef}
                onVerdict={(verdict) => edit({ verdict })}
                onStep={place.step}
                onRetry={() => autosave.retry(key)}
                onNewFinding={newFinding}
                onFinding={showFinding}
                onAttach={attach}
                size={staff === null ? null : staff === 'under-50' ? 'small' : 'large'}
                carry={{ auditId, rows, saveFirst: autosave.flush, onControl: place.open }}
              />
            )}
          </div>
          <div className="workbench__inspector">
            {inspected === null ? (
              <AttachStatus />
            ) : (
              <Inspector
                auditId={auditId}
                detail={inspected}
                readOnly={readOnly}
                over={drop.over}
                onAttach={attachNow}
                onEvidence={showEvidence}
                onFinding={showFinding}
                rows={rows}
                onControl={place.open}
              />
            )}
          </div>
          <p className="visually-hidden" aria-live="polite">
            {row.title}, {t('walkthrough.position', { position: place.position, count: place.listed.length })}
          </p>
        </div>
        {tray ? (
          <Tray
            auditId={auditId}
            control={named(current)}
            citation={row.citation}
            mayEdit={mayEdit}
            onEvidence={showEvidence}
            onClose={() => setTray(false)}
          />
        ) : null}
      </div>
      {findingOpen && shown.detail !== null && answer !== null ? (
        <FindingDialog
          auditId={auditId}
          detail={{ ...shown.detail, answer }}
          onClose={() => setFindingOpen(false)}
          onCreated={(finding) => {
            setFindingOpen(false);
            showToast({
              title: t('walkthrough.finding.created', { label: findingLabel(finding.number) }),
              tone: 'success',
              action: { label: t('walkthrough.finding.show'), run: () => navigate('findings', { findingId: finding.id }) },
            });
          }}
        />
      ) : null}
    </Page>
  );
}
