import './expected-entries.css';
import { Check, CircleCheck, CircleDashed, Plus } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ControlCoverage, ExpectedEntry } from '../../shared/domain/coverage.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import { evidenceLabel } from '../../shared/domain/evidence.ts';
import type { AuditId, EvidenceId } from '../../shared/domain/ids.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { Picker } from '../record/picker.tsx';
import { Button, Link, Menu, showError, showUndo } from '../ui/index.ts';
import { useEvidence } from './use-evidence.ts';

export interface ExpectedEntriesProps {
  readonly auditId: AuditId;
  readonly coverage: ControlCoverage;
  /** The linked pieces by id, to name them. */
  readonly pieces: ReadonlyMap<EvidenceId, Evidence>;
  readonly mayEdit: boolean;
  readonly onEvidence: (id: EvidenceId) => void;
}

/** What a control's checklist expects, each entry with the pieces that show it. */
export function ExpectedEntries(props: ExpectedEntriesProps) {
  const { entries, earlier } = props.coverage;
  const [picking, setPicking] = useState<string | null>(null);
  return (
    <>
      <ul className="expected-entries">
        {entries.map((entry) => (
          <Entry key={entry.text} {...props} entry={entry} isEarlier={false} onPick={() => setPicking(entry.text)} />
        ))}
        {earlier.map((entry) => (
          <Entry key={`earlier ${entry.text}`} {...props} entry={entry} isEarlier onPick={null} />
        ))}
      </ul>
      {picking === null ? null : <PieceDialog {...props} text={picking} onClose={() => setPicking(null)} />}
    </>
  );
}

interface EntryProps extends ExpectedEntriesProps {
  readonly entry: ExpectedEntry;
  /** A newer version of the checklist no longer has it. */
  readonly isEarlier: boolean;
  readonly onPick: (() => void) | null;
}

function Entry({ auditId, coverage, pieces, mayEdit, onEvidence, entry, isEarlier, onPick }: EntryProps) {
  const shown = entry.pieces.length > 0;
  const action = t(shown ? 'register.entry.change' : 'register.entry.say');
  const offered = isEarlier ? entry.pieces : coverage.evidence;
  return (
    <li className="expected-entry">
      {shown && !isEarlier ? (
        <CircleCheck aria-hidden="true" className="expected-entry__sign expected-entry__sign--shown" />
      ) : (
        <CircleDashed aria-hidden="true" className="expected-entry__sign" />
      )}
      <div className="expected-entry__text">
        <span className={isEarlier ? 'muted' : undefined}>{entry.text}</span>
        <span className="visually-hidden">{t(shown ? 'register.entry.shown' : 'register.entry.open')}</span>
        {isEarlier ? <span className="expected-entry__note">{t('register.entry.earlier')}</span> : null}
        {entry.pieces.map((id) => {
          const piece = pieces.get(id);
          return piece === undefined ? null : (
            <Link key={id} className="expected-entry__piece" onPress={() => onEvidence(id)}>
              <span className="mono">{evidenceLabel(piece.number)}</span> {piece.title}
            </Link>
          );
        })}
      </div>
      {mayEdit ? (
        <Menu
          label={t('register.entry.menu')}
          entries={[
            ...offered.map((id) => {
              const ticked = entry.pieces.includes(id);
              const piece = pieces.get(id);
              return {
                id,
                label: piece === undefined ? '' : `${evidenceLabel(piece.number)} ${piece.title}`,
                description: t(ticked ? 'register.entry.untick' : 'register.entry.tick'),
                icon: ticked ? <Check aria-hidden="true" /> : <CircleDashed aria-hidden="true" />,
                run: () => void setTick(auditId, coverage, entry.text, [id], !ticked),
              };
            }),
            ...(onPick === null ? [] : [{ id: 'other', label: t('register.entry.other'), icon: <Plus aria-hidden="true" />, run: onPick }]),
          ]}
        >
          <Button size="small" variant="quiet" aria-label={`${action}: ${entry.text}`}>
            {action}
          </Button>
        </Menu>
      ) : null}
    </li>
  );
}

/** Any piece of the audit: one that is not linked to the control yet is linked with the tick. */
function PieceDialog({ auditId, coverage, text, onClose }: ExpectedEntriesProps & { readonly text: string; readonly onClose: () => void }) {
  const all = useEvidence(auditId).data;
  const items = useMemo(() => (all ?? []).map((item) => ({ id: item.id, code: evidenceLabel(item.number), title: item.title })), [all]);
  const ticked = coverage.entries.find((entry) => entry.text === text)?.pieces ?? [];
  return (
    <Picker
      onClose={onClose}
      title={t('register.entry.other.title')}
      searchLabel={t('evidence.search')}
      items={items}
      linked={ticked}
      onPick={(ids) => void setTick(auditId, coverage, text, ids as EvidenceId[], true)}
    />
  );
}

async function setTick(
  auditId: AuditId,
  { packId, controlId }: ControlCoverage,
  text: string,
  evidenceIds: readonly EvidenceId[],
  present: boolean,
): Promise<void> {
  const payload = { auditId, packId, controlId, text, evidenceIds: [...evidenceIds] };
  try {
    const { linked } = await call('coverage.tick', { ...payload, present });
    if (linked.length === 0) return;
    showUndo(t('register.entry.linked', { count: linked.length }), async () => {
      await call('coverage.tick', { ...payload, present: false });
      const links = [{ evidenceIds: linked as EvidenceId[], controls: [{ packId, controlId }] }];
      await call('evidence.linkMany', { auditId, links, present: false, isUndo: true });
    });
  } catch (error) {
    showError(error);
  }
}
