import './control-panel.css';
import { X } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { type ControlReference, controlKey, type EvidenceId } from '../../shared/domain/ids.ts';
import type { ControlRow } from '../../shared/ipc/audits.ts';
import { t } from '../i18n/translate.ts';
import { Button, IconButton, SearchField } from '../ui/index.ts';
import { ControlRows } from '../walkthrough/control-rows.tsx';
import { matchesSearch } from '../walkthrough/filter.ts';

export interface ControlPanelProps {
  readonly rows: readonly ControlRow[];
  /** Key of the control that the register is narrowed to, or empty. */
  readonly chosen: string;
  readonly onChoose: (key: string) => void;
  /** Pieces were dropped on a control; null where nothing may be changed. */
  readonly onEvidence: ((control: ControlReference, ids: EvidenceId[]) => void) | null;
  readonly onClose: () => void;
}

/** The audit's controls beside the evidence: pieces are dropped on them, and choosing one shows what it has. */
export function ControlPanel({ rows, chosen, onChoose, onEvidence, onClose }: ControlPanelProps) {
  const [search, setSearch] = useState('');
  const panel = useRef<HTMLElement>(null);
  // In a narrow window it stands above the list, which may be scrolled.
  useEffect(() => panel.current?.scrollIntoView({ block: 'nearest' }), []);
  const shown = useMemo(() => rows.filter((row) => matchesSearch(row, search)), [rows, search]);
  return (
    <aside ref={panel} className="control-panel" aria-label={t('register.controls')}>
      <div className="control-panel__head">
        <SearchField label={t('evidence.links.search')} value={search} onChange={setSearch} />
        <IconButton label={t('register.controls.close')} icon={<X aria-hidden="true" />} size="small" onPress={onClose} />
      </div>
      <p className="control-panel__hint">{t(onEvidence === null ? 'register.controls.hint.read' : 'register.controls.hint')}</p>
      {chosen === '' ? null : (
        <div className="control-panel__clear">
          <Button size="small" onPress={() => onChoose('')}>
            {t('register.controls.all')}
          </Button>
        </div>
      )}
      {shown.length === 0 ? (
        <p className="muted control-panel__hint">{t('record.picker.empty')}</p>
      ) : (
        <ControlRows
          rows={shown}
          current={chosen === '' ? null : chosen}
          onOpen={(control) => onChoose(controlKey(control))}
          onEvidence={onEvidence}
        />
      )}
    </aside>
  );
}
