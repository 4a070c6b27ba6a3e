import './checklists.css';
import { FileDown, FileUp, Grid3x3, Library, Plus } from 'lucide-react';
import { useEffect, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { PackDraft, PackEntry } from '../../shared/domain/pack-entry.ts';
import { mayWrite } from '../../shared/domain/person.ts';
import { call } from '../bridge.ts';
import { useCommands } from '../commands.ts';
import { t } from '../i18n/translate.ts';
import type { OpenScreenProps } from '../screens.ts';
import { useOpenVault } from '../session.ts';
import { Badge, Button, EmptyState, Menu, Page, PageHeader, QueryView, showError } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';
import { Coverage } from './coverage.tsx';
import { DraftEditor } from './draft-editor.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { PackDetail } from './pack-detail.tsx';
import { exportTemplate } from './pack-files.ts';

/** What is shown beside the list. */
type Shown = { readonly kind: 'pack' | 'draft'; readonly id: string } | { readonly kind: 'coverage' } | null;

/** The library of checklists: what ships, what was written or brought in, and how they cover each other. */
export function ChecklistsScreen({ target }: OpenScreenProps) {
  const vault = useOpenVault();
  const packs = useQuery('packs.list', {}, ['packs']);
  const drafts = useQuery('packs.drafts', {}, ['packs']);
  const [shown, setShown] = useState<Shown>(target.packId === undefined ? null : { kind: 'pack', id: target.packId });
  const [importing, setImporting] = useState(false);
  const writable = vault !== null && mayWrite(vault.me.role);
  useEffect(() => {
    if (target.packId !== undefined) setShown({ kind: 'pack', id: target.packId });
  }, [target]);

  const write = async (packId: string | null) => {
    const draft = await call('packs.startDraft', { packId });
    setShown({ kind: 'draft', id: draft.id });
  };
  useCommands(
    writable
      ? [
          { id: 'checklists.import', title: t('checklists.import'), keys: 'i', run: () => setImporting(true) },
          { id: 'checklists.new', title: t('checklists.new'), keys: 'n', run: () => void write(null).catch(showError) },
        ]
      : [],
  );
  const actions = (
    <>
      <Menu
        label={t('checklists.template')}
        entries={(['xlsx', 'csv'] as const).map((format) => ({
          id: format,
          label: t(`checklists.format.${format}`),
          run: () => void exportTemplate(format).catch(showError),
        }))}
      >
        <Button icon={<FileDown aria-hidden="true" />}>{t('checklists.template')}</Button>
      </Menu>
      {writable ? (
        <>
          <Button icon={<Plus aria-hidden="true" />} shortcut="n" onPress={() => void write(null).catch(showError)}>
            {t('checklists.new')}
          </Button>
          <Button variant="primary" icon={<FileUp aria-hidden="true" />} shortcut="i" onPress={() => setImporting(true)}>
            {t('checklists.import')}
          </Button>
        </>
      ) : null}
    </>
  );
  return (
    <Page
      flush
      header={
        <PageHeader
          title={t('checklists.title')}
          meta={packs.data === undefined ? '' : t('checklists.count', { count: packs.data.length })}
          actions={actions}
        />
      }
    >
      <QueryView query={packs}>
        {(list) => (
          <div className="checklists">
            <nav className="checklists__list" aria-label={t('checklists.title')}>
              {drafts.data === undefined || drafts.data.length === 0 ? null : (
                <>
                  <h2 className="checklists__heading overline">{t('checklists.drafts')}</h2>
                  {drafts.data.map((draft) => (
                    <DraftItem
                      key={draft.id}
                      draft={draft}
                      current={isShown(shown, 'draft', draft.id)}
                      onOpen={() => setShown({ kind: 'draft', id: draft.id })}
                    />
                  ))}
                </>
              )}
              <h2 className="checklists__heading overline">{t('checklists.shipped')}</h2>
              <Items entries={list.filter((entry) => entry.origin === 'shipped')} shown={shown} onOpen={setShown} />
              {list.some((entry) => entry.origin !== 'shipped') ? (
                <>
                  <h2 className="checklists__heading overline">{t('checklists.own')}</h2>
                  <Items entries={list.filter((entry) => entry.origin !== 'shipped')} shown={shown} onOpen={setShown} />
                </>
              ) : null}
              <h2 className="checklists__heading overline">{t('checklists.together')}</h2>
              <AriaButton
                className="checklists__item"
                {...current(shown?.kind === 'coverage')}
                onPress={() => setShown({ kind: 'coverage' })}
              >
                <span className="checklists__name">{t('checklists.coverage')}</span>
                <span className="checklists__facts">
                  <Grid3x3 aria-hidden="true" size={14} /> {t('checklists.coverage.text')}
                </span>
              </AriaButton>
            </nav>
            <section className="checklists__detail" aria-label={t('checklists.detail')}>
              {shown === null ? <EmptyState icon={<Library />} title={t('checklists.choose')} text={t('checklists.choose.text')} /> : null}
              {shown?.kind === 'coverage' ? <Coverage packs={list} /> : null}
              {shown?.kind === 'pack' ? (
                <PackDetail key={shown.id} packId={shown.id} writable={writable} onWrite={write} onRemoved={() => setShown(null)} />
              ) : null}
              {shown?.kind === 'draft' ? (
                <DraftEditor
                  key={shown.id}
                  draftId={shown.id}
                  writable={writable}
                  onPublished={(packId) => setShown({ kind: 'pack', id: packId })}
                  onDiscarded={() => setShown(null)}
                />
              ) : null}
            </section>
          </div>
        )}
      </QueryView>
      {importing ? (
        <ImportDialog
          onClose={() => setImporting(false)}
          onKept={(packId) => {
            setImporting(false);
            setShown({ kind: 'pack', id: packId });
          }}
        />
      ) : null}
    </Page>
  );
}

function Items({
  entries,
  shown,
  onOpen,
}: {
  readonly entries: readonly PackEntry[];
  readonly shown: Shown;
  readonly onOpen: (shown: Shown) => void;
}) {
  return entries.map((entry) => (
    <AriaButton
      key={entry.id}
      className="checklists__item"
      {...current(isShown(shown, 'pack', entry.id))}
      onPress={() => onOpen({ kind: 'pack', id: entry.id })}
    >
      <span className="checklists__name">{entry.title}</span>
      <span className="checklists__facts numeric">
        {t('checklists.facts', { controls: entry.controls, questions: entry.questions, version: entry.version })}
      </span>
      {entry.origin === 'shipped' ? null : (
        <span className="checklists__facts">
          <Badge>{t(`checklists.origin.${entry.origin}`)}</Badge>
          {entry.signature === null ? null : <Badge tone="accent">{t('checklists.signed')}</Badge>}
        </span>
      )}
    </AriaButton>
  ));
}

function DraftItem({
  draft,
  current: isCurrent,
  onOpen,
}: {
  readonly draft: PackDraft;
  readonly current: boolean;
  readonly onOpen: () => void;
}) {
  return (
    <AriaButton className="checklists__item" {...current(isCurrent)} onPress={onOpen}>
      <span className="checklists__name">{draft.content.title.trim() === '' ? t('checklists.untitled') : draft.content.title}</span>
      <span className="checklists__facts">
        <Badge tone="partial">{t('checklists.draft')}</Badge>
        {draft.base === null ? null : t('checklists.based', { title: draft.base.title })}
      </span>
    </AriaButton>
  );
}

function isShown(shown: Shown, kind: 'pack' | 'draft', id: string): boolean {
  return shown !== null && shown.kind === kind && shown.id === id;
}

function current(is: boolean): { 'aria-current'?: 'true' } {
  return is ? { 'aria-current': 'true' } : {};
}
