import { FileDown, PencilLine, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { type PackEntry, packFormats } from '../../shared/domain/pack-entry.ts';
import { call } from '../bridge.ts';
import { formatDate } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Button, ConfirmDialog, DefinitionList, Menu, QueryView, Section, showError, showToast } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';
import { PackControls } from './pack-controls.tsx';
import { exportPack } from './pack-files.ts';

export interface PackDetailProps {
  readonly packId: string;
  readonly writable: boolean;
  /** Begins a draft: the next version of an own checklist, a tailoring of another. */
  readonly onWrite: (packId: string) => Promise<void>;
  readonly onRemoved: () => void;
}

/** One checklist whole: where it comes from, who vouches for it, and everything it asks. */
export function PackDetail({ packId, writable, onWrite, onRemoved }: PackDetailProps) {
  const query = useQuery('packs.get', { packId }, ['packs']);
  const [removing, setRemoving] = useState(false);
  return (
    <QueryView query={query}>
      {({ entry, pack }) => (
        <article className="pack" aria-labelledby="pack-title">
          <header className="pack__head">
            <div>
              <h2 id="pack-title" className="pack__title">
                {entry.title}
              </h2>
              <p className="muted text-column">{entry.summary}</p>
            </div>
            <div className="pack__actions">
              <Menu
                label={t('checklists.export')}
                entries={packFormats.map((format) => ({
                  id: format,
                  label: t(`checklists.format.${format}`),
                  description: t(`checklists.format.${format}.text`),
                  run: () => void exportPack(entry.id, format).catch(showError),
                }))}
              >
                <Button icon={<FileDown aria-hidden="true" />}>{t('checklists.export')}</Button>
              </Menu>
              {writable ? (
                <Button icon={<PencilLine aria-hidden="true" />} onPress={() => void onWrite(entry.id).catch(showError)}>
                  {t(entry.origin === 'shipped' ? 'checklists.tailor' : 'checklists.next')}
                </Button>
              ) : null}
              {writable && entry.origin !== 'shipped' ? (
                <Button icon={<Trash2 aria-hidden="true" />} onPress={() => setRemoving(true)}>
                  {t('checklists.remove')}
                </Button>
              ) : null}
            </div>
          </header>
          <Facts entry={entry} sources={pack.sources} />
          {entry.changes.length === 0 ? null : <Changes entry={entry} />}
          <PackControls sections={pack.sections} />
          <ConfirmDialog
            isOpen={removing}
            onClose={() => setRemoving(false)}
            title={t('checklists.remove.title', { title: entry.title })}
            action={t('checklists.remove')}
            danger
            onConfirm={async () => {
              await call('packs.remove', { packId });
              showToast({ title: t('checklists.removed', { title: entry.title }), tone: 'success' });
              onRemoved();
            }}
          >
            <p>{t('checklists.remove.text')}</p>
          </ConfirmDialog>
        </article>
      )}
    </QueryView>
  );
}

function Facts({
  entry,
  sources,
}: {
  readonly entry: PackEntry;
  readonly sources: readonly { readonly title: string; readonly citation: string; readonly asOf: string }[];
}) {
  return (
    <DefinitionList
      entries={[
        { name: t('checklists.fact.id'), value: <span className="mono">{entry.id}</span> },
        { name: t('checklists.fact.version'), value: entry.version },
        { name: t('checklists.fact.size'), value: t('checklists.size', { controls: entry.controls, questions: entry.questions }) },
        {
          name: t('checklists.fact.origin'),
          value: [t(`checklists.origin.${entry.origin}`), entry.file, entry.addedAt === '' ? '' : formatDate(entry.addedAt)]
            .filter(Boolean)
            .join(' · '),
        },
        {
          name: t('checklists.fact.base'),
          value: entry.base === null ? '' : t('checklists.base', { id: entry.base.packId, version: entry.base.version }),
        },
        {
          name: t('checklists.fact.signature'),
          value:
            entry.signature === null
              ? entry.origin === 'shipped'
                ? ''
                : t('checklists.unsigned')
              : `${entry.signature.signer} · ${formatDate(entry.signature.signedAt)}`,
        },
        {
          name: t('checklists.fact.fingerprint'),
          value: entry.signature === null ? '' : <span className="mono pack__hash">{entry.signature.fingerprint}</span>,
        },
        {
          name: t('checklists.fact.sources'),
          value: sources.map((source) => (
            <p key={`${source.title} ${source.citation}`}>
              {source.title}, {source.citation} <span className="muted">{t('checklists.asOf', { day: formatDate(source.asOf) })}</span>
            </p>
          )),
        },
        { name: t('checklists.fact.hash'), value: <span className="mono pack__hash">{entry.hash}</span> },
      ]}
    />
  );
}

function Changes({ entry }: { readonly entry: PackEntry }) {
  return (
    <Section title={t('checklists.changes')}>
      <table className="table">
        <thead>
          <tr>
            <th scope="col">{t('checklists.change')}</th>
            <th scope="col">{t('checklists.control')}</th>
            <th scope="col">{t('checklists.reason')}</th>
          </tr>
        </thead>
        <tbody>
          {entry.changes.map((change) => (
            <tr key={`${change.kind} ${change.controlId}`}>
              <td>{t(`checklists.change.${change.kind}`)}</td>
              <td className="mono">{change.controlId}</td>
              <td>{change.reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}
