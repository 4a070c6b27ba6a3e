import './requests.css';
import { FileWarning, Inbox, ListPlus, MousePointerClick, Plus, SearchX } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { controlKey, type EvidenceId, type RequestId } from '../../shared/domain/ids.ts';
import { type EvidenceRequest, type RequestFields, requestLabel, suggestEvidence } from '../../shared/domain/request.ts';
import { call } from '../bridge.ts';
import { type Command, useCommands } from '../commands.ts';
import { pickAndAttach, useDrop, usePaste, useSettledResults } from '../evidence/attach.tsx';
import type { AttachTarget } from '../evidence/attach-store.ts';
import { useDrafts } from '../findings/use-drafts.ts';
import { usePermission } from '../findings/use-permission.ts';
import { isoDay } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import type { ScreenProps, Target } from '../screens.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page, PageHeader, QueryView } from '../ui/page.tsx';
import { showError, showToast, showUndo } from '../ui/toast.tsx';
import { useQuery } from '../use-query.ts';
import { ExportMenu } from './export-menu.tsx';
import { filterRequests, noFilter, type RequestFilter } from './filter.ts';
import { FilterBar } from './filter-bar.tsx';
import { NewRequest } from './new-request.tsx';
import { ProposeDialog } from './propose-dialog.tsx';
import { Register } from './register.tsx';
import { type RequestChange, RequestDetail } from './request-detail.tsx';

/** What the client is asked for, and the chosen request beside the list. Files dropped here answer the chosen one. */
export function RequestsScreen({ auditId, target, navigate }: ScreenProps) {
  const list = useQuery('requests.list', { auditId }, ['requests', 'evidence']);
  const controlRows = useQuery('audits.controls', { auditId }, ['audits']).data?.controls ?? [];
  const evidence = useQuery('evidence.list', { auditId }, ['evidence']).data ?? [];
  const { audit, frozen, mayEdit } = usePermission(auditId);
  const drafts = useDrafts<EvidenceRequest, RequestChange>(saveRequest);
  const [filter, setFilter] = useState(() => filterOf(target));
  const [selected, setSelected] = useState<RequestId | null>(target.requestId ?? null);
  const [open, setOpen] = useState<'new' | 'propose' | null>(null);
  const search = useRef<HTMLInputElement>(null);
  const detail = useRef<HTMLElement>(null);

  useEffect(() => {
    setFilter(filterOf(target));
    if (target.requestId !== undefined) setSelected(target.requestId);
  }, [target]);

  const all = (list.data ?? []).map(drafts.overlay);
  const shown = filterRequests(all, filter, isoDay(new Date()));
  const request = all.find(({ id }) => id === selected) ?? null;
  const control = controlRows.find((row) => controlKey(row) === filter.control) ?? null;

  // biome-ignore lint/correctness/useExhaustiveDependencies: another request starts at its top
  useEffect(() => detail.current?.scrollTo(0, 0), [selected]);

  const receive = async (requestId: RequestId, ids: readonly EvidenceId[]) => {
    await drafts.flush();
    await call('requests.receive', { requestId, evidence: [...ids] });
  };
  const attachTarget: AttachTarget | null =
    request === null || !mayEdit
      ? null
      : { auditId, controls: request.controls, onArrived: (ids) => void receive(request.id, ids).catch(showError) };
  const drop = useDrop(attachTarget);
  usePaste(attachTarget);
  useSettledResults(selected ?? auditId);
  const attach = () => {
    if (attachTarget !== null) void pickAndAttach(attachTarget);
  };

  const step = (by: number) => {
    const at = shown.findIndex(({ id }) => id === selected);
    const next = shown[at < 0 ? 0 : Math.min(shown.length - 1, Math.max(0, at + by))];
    if (next !== undefined) setSelected(next.id);
  };
  const group = t('requests.title');
  const commands: Command[] = [
    { id: 'requests.next', title: t('requests.next'), keys: 'j', group, hidden: true, run: () => step(1) },
    { id: 'requests.previous', title: t('requests.previous'), keys: 'k', group, hidden: true, run: () => step(-1) },
    { id: 'requests.search', title: t('requests.search'), keys: '/', group, run: () => search.current?.focus() },
  ];
  if (mayEdit) {
    commands.push(
      { id: 'requests.new', title: t('requests.new'), keys: 'n', group, run: () => setOpen('new') },
      { id: 'requests.propose', title: t('requests.propose'), keys: 'p', group, run: () => setOpen('propose') },
      { id: 'requests.attach', title: t('requests.attach'), keys: 'e', group, run: attach },
    );
  }
  useCommands(commands);

  async function remove(removed: EvidenceRequest): Promise<void> {
    await drafts.flush();
    await call('requests.remove', { requestId: removed.id });
    drafts.forget(removed.id);
    setSelected(null);
    showUndo(t('requests.removed', { label: requestLabel(removed.number) }), async () => {
      await call('requests.restore', { requestId: removed.id });
      setSelected(removed.id);
    });
  }

  const proposeButton = (
    <Button icon={<ListPlus aria-hidden="true" />} shortcut="p" onPress={() => setOpen('propose')}>
      {t('requests.propose')}
    </Button>
  );
  const createButton = (
    <Button variant="primary" icon={<Plus aria-hidden="true" />} shortcut="n" onPress={() => setOpen('new')}>
      {t('requests.new')}
    </Button>
  );
  const draftIds = all.filter(({ state }) => state === 'draft').map(({ id }) => id);
  const actions = (
    <>
      {all.length === 0 ? null : <ExportMenu auditId={auditId} title={audit?.title ?? ''} drafts={draftIds} mayEdit={mayEdit} />}
      {mayEdit ? proposeButton : null}
      {mayEdit ? createButton : null}
    </>
  );
  return (
    <Page flush header={<PageHeader crumb={audit?.title ?? ''} title={t('requests.title')} actions={actions} />}>
      <QueryView query={list}>
        {() =>
          all.length === 0 ? (
            <EmptyState
              icon={<Inbox />}
              title={t('requests.empty')}
              text={t('requests.empty.text')}
              {...(mayEdit ? { action: proposeButton } : {})}
            />
          ) : (
            <div className="requests" {...drop.props}>
              <div className="requests__list">
                {frozen ? (
                  <div className="requests__notice">
                    <Notice title={t('findings.read-only')}>{t('findings.read-only.text')}</Notice>
                  </div>
                ) : null}
                <FilterBar
                  requests={all}
                  filter={filter}
                  shown={shown.length}
                  controlName={control?.citation ?? ''}
                  searchRef={search}
                  onChange={setFilter}
                />
                {shown.length === 0 ? (
                  <EmptyState
                    icon={<SearchX />}
                    title={t('requests.none')}
                    text={t('requests.none.text')}
                    action={<Button onPress={() => setFilter(noFilter)}>{t('requests.filters.clear')}</Button>}
                  />
                ) : (
                  <Register requests={shown} selected={selected} onSelect={setSelected} />
                )}
              </div>
              <aside ref={detail} className="requests__detail" aria-label={request === null ? t('requests.choose') : request.title}>
                {request === null ? (
                  <EmptyState
                    icon={selected === null ? <MousePointerClick /> : <FileWarning />}
                    title={t('requests.choose')}
                    text={t('requests.choose.text')}
                  />
                ) : (
                  <RequestDetail
                    key={request.id}
                    request={request}
                    status={drafts.status(request.id)}
                    mayEdit={mayEdit}
                    over={drop.over}
                    controls={controlRows}
                    evidence={evidence}
                    suggested={suggestEvidence(request, evidence, all)}
                    onChange={(change, typed) => drafts.edit(request.id, change, typed)}
                    onLeaveField={() => void drafts.flush()}
                    onRetry={() => drafts.retry(request.id)}
                    onAttach={attach}
                    onReceive={(ids) => void receive(request.id, ids).catch(showError)}
                    onRemove={() => void remove(request).catch(showError)}
                    navigate={navigate}
                  />
                )}
              </aside>
            </div>
          )
        }
      </QueryView>
      <NewRequest
        auditId={auditId}
        isOpen={open === 'new'}
        control={control}
        onClose={() => setOpen(null)}
        onCreated={({ id }) => setSelected(id)}
      />
      {open === 'propose' && audit !== undefined ? (
        <ProposeDialog
          auditId={auditId}
          packs={audit.packs}
          controls={controlRows}
          onClose={() => setOpen(null)}
          onMade={(counts) => showToast({ title: t('requests.propose.made', counts), tone: 'success' })}
        />
      ) : null}
    </Page>
  );
}

function filterOf(target: Target): RequestFilter {
  return { ...noFilter, text: target.query ?? '', view: target.overdue === true ? 'late' : 'all', control: target.controlKey ?? null };
}

function saveRequest(id: string, { controls, evidence, ...patch }: RequestChange): Promise<EvidenceRequest> {
  return call('requests.update', {
    requestId: id as RequestId,
    patch: patch as Partial<RequestFields>,
    ...(controls === undefined ? {} : { controls: [...controls] }),
    ...(evidence === undefined ? {} : { evidence: [...evidence] }),
  });
}
