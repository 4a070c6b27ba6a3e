import './tray.css';
import { Link as LinkIcon, X } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { AuditId, ControlReference, EvidenceId } from '../../shared/domain/ids.ts';
import { isoDay } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Button, IconButton, Link, SearchField } from '../ui/index.ts';
import { idsOf, linkPieces } from './bulk-actions.ts';
import { LinkDialog } from './link-dialog.tsx';
import { ListRing } from './list-ring.tsx';
import { Register } from './register.tsx';
import { filterEvidence, firstSort, noFilter, sortEvidence } from './register-filter.ts';
import { relate } from './relations.ts';
import { markedOf, nothingSelected } from './selection.ts';
import { useEvidence } from './use-evidence.ts';

export interface TrayProps {
  readonly auditId: AuditId;
  /** The open control, to which Enter links. */
  readonly control: ControlReference;
  readonly citation: string;
  readonly mayEdit: boolean;
  readonly onEvidence: (id: EvidenceId) => void;
  readonly onClose: () => void;
}

const nothing: readonly Evidence[] = [];
const nobody: ReadonlySet<EvidenceId> = new Set();

/** The evidence below the walkthrough, at first what is linked to nothing: dragged onto a control, or linked by keyboard. */
export function Tray({ auditId, control, citation, mayEdit, onEvidence, onClose }: TrayProps) {
  const items = useEvidence(auditId).data ?? nothing;
  const [onlyLoose, setOnlyLoose] = useState(true);
  const [search, setSearch] = useState('');
  const [sort, setSort] = useState(firstSort);
  const [selection, setSelection] = useState(nothingSelected);
  const [linking, setLinking] = useState<readonly Evidence[] | null>(null);
  const relations = useMemo(() => relate(items), [items]);
  const shown = useMemo(() => {
    const facts = { relations, suspected: nobody, found: nobody, periodFrom: '', periodTo: '', today: isoDay(new Date()) };
    const filter = { ...noFilter, search, links: onlyLoose ? ('loose' as const) : ('any' as const) };
    return sortEvidence(filterEvidence(items, filter, facts), sort);
  }, [items, relations, search, onlyLoose, sort]);
  const marked = markedOf(selection, shown);
  const current = shown.find((item) => item.id === selection.cursor);
  const wanted = marked.length > 0 ? marked : current === undefined ? [] : [current];
  const linkHere = () => {
    if (mayEdit) void linkPieces(auditId, idsOf(wanted), [control], true);
  };
  return (
    <section className="tray" aria-label={t('register.tray')}>
      <div className="tray__head">
        <h2 className="overline">{t('register.tray')}</h2>
        <SearchField label={t('evidence.search')} value={search} onChange={setSearch} />
        <button type="button" className="evidence-filter__pill" aria-pressed={onlyLoose} onClick={() => setOnlyLoose(!onlyLoose)}>
          {t('evidence.filter.unlinked', { count: relations.loose.size })}
        </button>
        <span className="muted numeric tray__count" aria-live="polite">
          {marked.length > 0
            ? t('register.marked', { count: marked.length })
            : t('evidence.count', { shown: shown.length, count: items.length })}
        </span>
        <span className="tray__end">
          {mayEdit ? (
            <>
              <Button size="small" icon={<LinkIcon aria-hidden="true" />} isDisabled={wanted.length === 0} onPress={linkHere}>
                {t('register.tray.here', { citation })}
              </Button>
              <Button size="small" isDisabled={wanted.length === 0} onPress={() => setLinking(wanted)}>
                {t('register.bulk.link')}
              </Button>
            </>
          ) : null}
          {current === undefined ? null : (
            <Link className="tray__open" onPress={() => onEvidence(current.id)}>
              {t('register.tray.open')}
            </Link>
          )}
          <IconButton label={t('register.tray.close')} icon={<X aria-hidden="true" />} size="small" onPress={onClose} />
        </span>
      </div>
      {shown.length === 0 ? (
        <p className="muted tray__empty">{t(onlyLoose && search === '' ? 'register.tray.empty.text' : 'evidence.none.text')}</p>
      ) : (
        <ListRing>
          <Register
            label={t('register.tray')}
            items={shown}
            selection={selection}
            onSelection={setSelection}
            onOpen={(_, how) => (how === 'enter' ? linkHere() : undefined)}
            sort={sort}
            onSort={setSort}
            superseded={relations.superseded}
            draggable={mayEdit}
          />
        </ListRing>
      )}
      {linking === null ? null : <LinkDialog auditId={auditId} items={linking} present onClose={() => setLinking(null)} />}
    </section>
  );
}
