import { useMemo } from 'react';
import { type Evidence, evidenceLabel } from '../../shared/domain/evidence.ts';
import { type ControlReference, controlKey, type EvidenceId } from '../../shared/domain/ids.ts';
import type { ControlRow } from '../../shared/ipc/audits.ts';
import { t } from '../i18n/translate.ts';
import type { Navigate } from '../screens.ts';
import { LinkedList } from './linked-list.tsx';

interface LinkedProps<Item, Link> {
  /** Whose words head the list. */
  readonly kind: 'findings' | 'requests';
  readonly items: readonly Item[];
  readonly linked: readonly Link[];
  readonly mayEdit: boolean;
  readonly onChange: (linked: readonly Link[]) => void;
  readonly navigate: Navigate;
}

/** The controls that a record is linked to. */
export function LinkedControls({ kind, items, linked, mayEdit, onChange, navigate }: LinkedProps<ControlRow, ControlReference>) {
  return (
    <LinkedList
      title={t(`${kind}.section.controls`)}
      none={t(`${kind}.controls.none`)}
      add={t(`${kind}.controls.add`)}
      searchLabel={t('record.controls.search')}
      items={items.map((control) => ({ id: controlKey(control), code: control.citation, title: control.title }))}
      linked={linked.map(controlKey)}
      mayEdit={mayEdit}
      onChange={(keys) => onChange(referencesOf(keys, items, linked))}
      onOpen={(key) => navigate('walkthrough', { controlKey: key })}
    />
  );
}

/** The evidence that a record is linked to. */
export function LinkedEvidence({ kind, items, linked, mayEdit, onChange, navigate }: LinkedProps<Evidence, EvidenceId>) {
  const named = useMemo(() => items.map(({ id, number, title }) => ({ id, code: evidenceLabel(number), title })), [items]);
  return (
    <LinkedList
      title={t(`${kind}.section.evidence`)}
      none={t(`${kind}.evidence.none`)}
      add={t(`${kind}.evidence.add`)}
      searchLabel={t('record.evidence.search')}
      items={named}
      linked={linked}
      mayEdit={mayEdit}
      onChange={(ids) => onChange(ids as readonly EvidenceId[])}
      onOpen={(id) => navigate('evidence', { evidenceId: id as EvidenceId })}
    />
  );
}

function referencesOf(
  keys: readonly string[],
  controls: readonly ControlRow[],
  linked: readonly ControlReference[],
): readonly ControlReference[] {
  const known = new Map(
    [...controls, ...linked].map(({ packId, controlId }) => [controlKey({ packId, controlId }), { packId, controlId }]),
  );
  return keys.flatMap((key) => known.get(key) ?? []);
}
