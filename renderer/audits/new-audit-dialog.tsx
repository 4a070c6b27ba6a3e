import { useEffect, useState } from 'react';
import type { AuditId, PersonId } from '../../shared/domain/ids.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { useOpenVault } from '../session.ts';
import { Button, Checkbox, DateField, Dialog, ErrorNotice, Loading, TextArea, TextField } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';

interface Draft {
  readonly organisation: string;
  readonly title: string;
  readonly scope: string;
  readonly sites: string;
  readonly systems: string;
  readonly periodFrom: string;
  readonly periodTo: string;
  readonly due: string;
  readonly packIds: readonly string[];
  readonly team: readonly PersonId[];
}

const empty: Draft = {
  organisation: '',
  title: '',
  scope: '',
  sites: '',
  systems: '',
  periodFrom: '',
  periodTo: '',
  due: '',
  packIds: [],
  team: [],
};

export interface NewAuditDialogProps {
  readonly onClose: () => void;
  readonly onCreated: (auditId: AuditId) => void;
}

/** What an audit needs to begin. Everything but the checklists can be changed later. */
export function NewAuditDialog({ onClose, onCreated }: NewAuditDialogProps) {
  const me = useOpenVault()?.me.id;
  const [draft, setDraft] = useState<Draft>({ ...empty, team: me === undefined ? [] : [me] });
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const set = (patch: Partial<Draft>) => setDraft((before) => ({ ...before, ...patch }));
  const disordered = draft.periodFrom !== '' && draft.periodTo !== '' && draft.periodTo < draft.periodFrom;
  const ready = draft.organisation.trim() !== '' && draft.title.trim() !== '' && draft.packIds.length > 0 && !disordered;

  const create = async () => {
    if (!ready || busy) return;
    setBusy(true);
    setError(null);
    try {
      const { packIds, team, sites, systems, ...fields } = draft;
      const audit = await call('audits.create', {
        ...fields,
        sites: lines(sites),
        systems: lines(systems),
        packIds: [...packIds],
        team: [...team],
      });
      onCreated(audit.id);
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };

  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('audits.new.title')}
      size="large"
      onSubmit={() => void create()}
      actions={
        <>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="primary" isPending={busy} isDisabled={!ready}>
            {t('audits.new.create')}
          </Button>
        </>
      }
    >
      <div className="new-audit__columns">
        <TextField
          label={t('audits.new.organisation')}
          value={draft.organisation}
          onChange={(organisation) => set({ organisation })}
          autoFocus
        />
        <TextField
          label={t('audits.new.name')}
          value={draft.title}
          onChange={(title) => set({ title })}
          description={t('audits.new.name.hint')}
        />
      </div>
      <Packs chosen={draft.packIds} onChange={(packIds) => set({ packIds })} />
      <div className="new-audit__columns">
        <DateField label={t('audits.new.from')} value={draft.periodFrom} onChange={(periodFrom) => set({ periodFrom })} optional />
        <DateField
          label={t('audits.new.to')}
          value={draft.periodTo}
          onChange={(periodTo) => set({ periodTo })}
          optional
          {...(disordered ? { error: t('audits.new.order') } : {})}
        />
        <DateField label={t('audits.new.due')} value={draft.due} onChange={(due) => set({ due })} optional />
      </div>
      <TextArea label={t('audits.new.scope')} value={draft.scope} onChange={(scope) => set({ scope })} optional />
      <div className="new-audit__columns">
        <TextArea
          label={t('audits.new.sites')}
          description={t('audits.new.lines')}
          value={draft.sites}
          onChange={(sites) => set({ sites })}
          rows={2}
          optional
        />
        <TextArea
          label={t('audits.new.systems')}
          description={t('audits.new.lines')}
          value={draft.systems}
          onChange={(systems) => set({ systems })}
          rows={2}
          optional
        />
      </div>
      <Team chosen={draft.team} onChange={(team) => set({ team })} />
      {error === null ? null : <ErrorNotice error={error} />}
    </Dialog>
  );
}

interface ChoiceProps<Value> {
  readonly chosen: readonly Value[];
  readonly onChange: (chosen: readonly Value[]) => void;
}

function Packs({ chosen, onChange }: ChoiceProps<string>) {
  const packs = useQuery('packs.list', {}, ['vault']);
  const only = packs.data?.length === 1 ? packs.data[0]?.id : undefined;
  // With a single checklist there is nothing to choose.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only once, when the list arrives
  useEffect(() => {
    if (only !== undefined) onChange([only]);
  }, [only]);
  return (
    <fieldset className="new-audit__group">
      <legend>{t('audits.new.packs')}</legend>
      {packs.loading ? <Loading /> : null}
      {packs.error === null ? null : <ErrorNotice error={packs.error} onRetry={packs.reload} />}
      <div className="new-audit__packs">
        {packs.data?.map((pack) => (
          <div key={pack.id} className="new-audit__pack">
            <Checkbox isSelected={chosen.includes(pack.id)} onChange={(on) => onChange(toggled(chosen, pack.id, on))}>
              <span>{pack.title}</span>
              <span className="new-audit__detail">{pack.summary}</span>
              <span className="new-audit__detail numeric">
                {t('audits.new.pack', { controls: pack.controls, questions: pack.questions, version: pack.version })}
              </span>
            </Checkbox>
          </div>
        ))}
      </div>
      {chosen.length === 0 && packs.data !== undefined ? <p className="field__description">{t('audits.new.packs.needed')}</p> : null}
    </fieldset>
  );
}

function Team({ chosen, onChange }: ChoiceProps<PersonId>) {
  const people = useQuery('people.list', {}, ['people']);
  return (
    <fieldset className="new-audit__group">
      <legend>{t('audits.new.team')}</legend>
      {people.error === null ? null : <ErrorNotice error={people.error} onRetry={people.reload} />}
      {people.data?.map((person) => (
        <Checkbox key={person.id} isSelected={chosen.includes(person.id)} onChange={(on) => onChange(toggled(chosen, person.id, on))}>
          <span>
            {person.name} <span className="muted">{t(`common.role.${person.role}`)}</span>
          </span>
        </Checkbox>
      ))}
    </fieldset>
  );
}

function toggled<Value>(values: readonly Value[], value: Value, on: boolean): readonly Value[] {
  return on ? [...values, value] : values.filter((candidate) => candidate !== value);
}

function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
