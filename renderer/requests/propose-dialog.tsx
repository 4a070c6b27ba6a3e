import './propose-dialog.css';
import { useState } from 'react';
import { type AuditId, controlKey } from '../../shared/domain/ids.ts';
import type { RequestProposal } from '../../shared/domain/request.ts';
import { filterWords, hasWords } from '../../shared/domain/search-text.ts';
import type { ControlRow } from '../../shared/ipc/audits.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { DateField } from '../ui/date-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { ErrorNotice } from '../ui/notice.tsx';
import { QueryView } from '../ui/page.tsx';
import { SearchField, TextField } from '../ui/text-field.tsx';
import { useQuery } from '../use-query.ts';

export interface ProposeDialogProps {
  readonly auditId: AuditId;
  readonly packs: readonly { readonly id: string; readonly title: string }[];
  readonly controls: readonly ControlRow[];
  readonly onClose: () => void;
  readonly onMade: (counts: { readonly created: number; readonly extended: number }) => void;
}

/** More rows than this help nobody; searching does. What is chosen stays chosen. */
const shownLimit = 200;

/** What the checklists expect and nobody has brought yet, to be chosen from. */
export function ProposeDialog({ auditId, packs, controls, onClose, onMade }: ProposeDialogProps) {
  const [packIds, setPackIds] = useState<readonly string[]>(packs.map(({ id }) => id));
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [fields, setFields] = useState({ askedOf: '', due: '' });
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const proposals = useQuery('requests.proposals', packIds.length === 0 ? null : { auditId, packIds: [...packIds] }, [], {
    keepPrevious: true,
  });
  const offered = packIds.length === 0 ? [] : (proposals.data ?? []);
  const taken = offered.filter(({ title }) => chosen.has(title));

  const make = async () => {
    setBusy(true);
    setError(null);
    try {
      const picked = taken.map(({ title, controls: references }) => ({ title, controls: [...references] }));
      onMade(await call('requests.accept', { auditId, ...fields, proposals: picked }));
      onClose();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('requests.propose')}
      size="large"
      onSubmit={() => void make()}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="primary" isPending={busy} isDisabled={taken.length === 0}>
            {t('requests.propose.make', { count: taken.length })}
          </Button>
        </>
      }
    >
      <p className="muted">{t('requests.propose.text')}</p>
      <div className="propose__packs">
        {packs.map(({ id, title }) => (
          <Checkbox
            key={id}
            isSelected={packIds.includes(id)}
            onChange={(on) => setPackIds(on ? [...packIds, id] : packIds.filter((other) => other !== id))}
          >
            {title}
          </Checkbox>
        ))}
      </div>
      <QueryView query={packIds.length === 0 ? { ...proposals, data: [], loading: false, error: null } : proposals}>
        {() => <Choices offered={offered} chosen={chosen} controls={controls} onChange={setChosen} />}
      </QueryView>
      <div className="propose__fields">
        <TextField
          label={t('requests.propose.askedOf')}
          value={fields.askedOf}
          maxLength={400}
          onChange={(askedOf) => setFields({ ...fields, askedOf })}
        />
        <DateField label={t('requests.propose.due')} value={fields.due} onChange={(due) => setFields({ ...fields, due })} />
      </div>
      {error === null ? null : <ErrorNotice error={error} />}
    </Dialog>
  );
}

interface ChoicesProps {
  readonly offered: readonly RequestProposal[];
  readonly chosen: ReadonlySet<string>;
  readonly controls: readonly ControlRow[];
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}

function Choices({ offered, chosen, controls, onChange }: ChoicesProps) {
  const [text, setText] = useState('');
  const rows = new Map(controls.map((row) => [controlKey(row), row]));
  const citations = (proposal: RequestProposal) =>
    proposal.controls.map((reference) => rows.get(controlKey(reference))?.citation ?? reference.controlId).join(', ');
  const words = filterWords(text);
  const matching = offered.filter((proposal) => hasWords(`${proposal.title} ${citations(proposal)}`, words));
  if (offered.length === 0) return <p className="muted">{t('requests.propose.none')}</p>;
  const chosenHere = matching.filter(({ title }) => chosen.has(title)).length;
  const toggle = (titles: readonly string[], on: boolean) => {
    const next = new Set(chosen);
    for (const title of titles) {
      if (on) next.add(title);
      else next.delete(title);
    }
    onChange(next);
  };
  return (
    <div className="propose__choices">
      <SearchField label={t('requests.propose.search')} value={text} onChange={setText} autoFocus />
      <Checkbox
        isSelected={chosenHere > 0 && chosenHere === matching.length}
        isIndeterminate={chosenHere > 0 && chosenHere < matching.length}
        isDisabled={matching.length === 0}
        onChange={(on) =>
          toggle(
            matching.map(({ title }) => title),
            on,
          )
        }
      >
        {t('requests.propose.all', { count: matching.length })}
      </Checkbox>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard */}
      <ul className="propose__list" tabIndex={0} aria-label={t('requests.propose.list')}>
        {matching.slice(0, shownLimit).map((proposal) => (
          <li key={proposal.title} className="propose__item">
            <Checkbox isSelected={chosen.has(proposal.title)} onChange={(on) => toggle([proposal.title], on)}>
              <span className="propose__title">{proposal.title}</span>
              <span className="mono muted propose__citations">{citations(proposal)}</span>
              {proposal.existing === null ? null : <span className="muted propose__existing">{t('requests.propose.existing')}</span>}
            </Checkbox>
          </li>
        ))}
      </ul>
      {matching.length > shownLimit ? <p className="muted">{t('record.picker.more', { count: matching.length - shownLimit })}</p> : null}
    </div>
  );
}
