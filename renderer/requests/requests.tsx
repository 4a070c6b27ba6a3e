import { Inbox, ListPlus } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { controlKey, type EvidenceId, type RequestId } from '../../shared/domain/ids.ts';
import { type EvidenceRequest, type RequestFields, requestLabel, suggestEvidence } from '../../shared/domain/request.ts';
import { call } from '../bridge.ts';
import { useCommands } from '../commands.ts';
import { pickAndAttach, useDrop, usePaste, useSettledResults } from '../evidence/attach.tsx';
import type { AttachTarget } from '../evidence/attach-store.ts';
import { useEvidence } from '../evidence/use-evidence.ts';
import { isoDay } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { NewButton } from '../record/new-button.tsx';
import { NewRecord } from '../record/new-record.tsx';
import { RecordPanes } from '../record/record-panes.tsx';
import { removeRecord } from '../record/remove.ts';
import { useDrafts } from '../record/use-drafts.ts';
import { useListKeys } from '../record/use-list-keys.ts';
import type { ScreenProps, Target } from '../screens.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Page, PageHeader, QueryView } from '../ui/page.tsx';
import { showError, showToast } from '../ui/toast.tsx';
import { usePermission } from '../use-permission.ts';
import { useQuery } from '../use-query.ts';
import { ExportMenu } from './export-menu.tsx';
import { filterRequests, noFilter, type RequestFilter } from './filter.ts';
import { FilterBar } from './filter-bar.tsx';
import { ProposeDialog } from './propose-dialog.tsx';
import { Register } from './register.tsx';
import { type RequestChange, RequestDetail } from './request-detail.tsx';

const nothing: readonly Evidence[] = [];

/** What the client is asked for, and the chosen request beside the list. Files dropped here answer the chosen one. */
export function RequestsScreen({ auditId, target, navigate }: ScreenProps) {
  const list = useQuery('requests.list', { auditId }, ['requests', 'evidence']);
  const controlRows = useQuery('audits.controls', { auditId }, ['audits']).data?.controls ?? [];
  const evidence = useEvidence(auditId).data ?? nothing;
  const { audit, frozen, mayEdit } = usePermission(auditId);
  const drafts = useDrafts<EvidenceRequest, RequestChange>(saveRequest);
  const [filter, setFilter] = useState(() => filterOf(target));
  const [selected, setSelected] = useState<RequestId | null>(target.requestId ?? null);
  const [open, setOpen] = useState<'new' | 'propose' | null>(null);
  const search = useRef<HTMLInputElement>(null);

  useEffect(() => {
    setFilter(filterOf(target));
    if (target.requestId !== undefined) setSelected(target.requestId);
  }, [target]);

  const all = (list.data ?? []).map(drafts.overlay);
  const shown = filterRequests(all, filter, isoDay(new Date()));
  const request = all.find(({ id }) => id === selected) ?? null;
  const control = controlRows.find((row) => controlKey(row) === filter.control) ?? null;
  const saved = list.data;
  // From what is saved: tens of thousands of pieces are not looked through at every key that is typed into a request.
  const suggested = useMemo(() => {
    const asking = saved?.find(({ id }) => id === selected);
    return asking === undefined ? nothing : suggestEvidence(asking, evidence, saved ?? []);
  }, [saved, selected, evidence]);

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

  useListKeys('requests', { shown, selected, onSelect: setSelected, search, onNew: mayEdit ? () => setOpen('new') : null });
  const group = t('requests.title');
  useCommands(
    mayEdit
      ? [
          { id: 'requests.propose', title: t('requests.propose'), keys: 'p', group, run: () => setOpen('propose') },
          { id: 'requests.attach', title: t('requests.attach'), keys: 'e', group, run: attach },
        ]
      : [],
  );

  const remove = (removed: EvidenceRequest) =>
    removeRecord({
      id: removed.id,
      drafts,
      remove: () => call('requests.remove', { requestId: removed.id }),
      restore: () => call('requests.restore', { requestId: removed.id }),
      said: t('requests.removed', { label: requestLabel(removed.number) }),
      onSelect: setSelected,
    });

  const proposeButton = (
    <Button icon={<ListPlus aria-hidden="true" />} shortcut="p" onPress={() => setOpen('propose')}>
      {t('requests.propose')}
    </Button>
  );
  const create = async (title: string) => {
    const controls = control === null ? [] : [{ packId: control.packId, controlId: control.controlId }];
    setSelected((await call('requests.create', { auditId, fields: { title }, controls, evidence: [] })).id);
  };
  const draftIds = all.filter(({ state }) => state === 'draft').map(({ id }) => id);
  const actions = (
    <>
      {all.length === 0 ? null : <ExportMenu auditId={auditId} title={audit?.title ?? ''} drafts={draftIds} mayEdit={mayEdit} />}
      {mayEdit ? proposeButton : null}
      {mayEdit ? <NewButton kind="requests" onPress={() => setOpen('new')} /> : null}
    </>
  );
  const detailOf = (chosen: EvidenceRequest) => (
    <RequestDetail
      key={chosen.id}
      request={chosen}
      status={drafts.status(chosen.id)}
      mayEdit={mayEdit}
      over={drop.over}
      controls={controlRows}
      evidence={evidence}
      suggested={suggested}
      onChange={(change, typed) => drafts.edit(chosen.id, change, typed)}
      onLeaveField={() => void drafts.flush()}
      onRetry={() => drafts.retry(chosen.id)}
      onAttach={attach}
      onReceive={(ids) => void receive(chosen.id, ids).catch(showError)}
      onRemove={() => void remove(chosen).catch(showError)}
      navigate={navigate}
    />
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
            <RecordPanes
              kind="requests"
              frozen={frozen}
              filters={
                <FilterBar
                  requests={all}
                  filter={filter}
                  shown={shown.length}
                  controlName={control?.citation ?? ''}
                  searchRef={search}
                  onChange={setFilter}
                />
              }
              list={shown.length === 0 ? null : <Register requests={shown} selected={selected} onSelect={setSelected} />}
              onClearFilters={() => setFilter(noFilter)}
              selected={selected}
              chosen={request === null ? null : { title: request.title, detail: detailOf(request) }}
              dropProps={drop.props}
            />
          )
        }
      </QueryView>
      <NewRecord
        kind="requests"
        isOpen={open === 'new'}
        description={control === null ? undefined : t('requests.new.control', { citation: control.citation })}
        onClose={() => setOpen(null)}
        onCreate={create}
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
