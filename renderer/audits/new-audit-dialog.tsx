import { useEffect, useState } from 'react';
import type { AuditId, PersonId } from '../../shared/domain/ids.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { useOpenVault } from '../session.ts';
import { Button, Checkbox, Dialog, ErrorNotice, Loading } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';
import { emptyDraft, fieldsOf, isComplete, NameFields, ScopeFields } from './audit-fields.tsx';

export interface NewAuditDialogProps {
  readonly onClose: () => void;
  readonly onCreated: (auditId: AuditId) => void;
}

/** What an audit needs to begin. Everything but the checklists can be changed later. */
export function NewAuditDialog({ onClose, onCreated }: NewAuditDialogProps) {
  const me = useOpenVault()?.me.id;
  const [draft, setDraft] = useState(emptyDraft);
  const [packIds, setPackIds] = useState<readonly string[]>([]);
  const [team, setTeam] = useState<readonly PersonId[]>(me === undefined ? [] : [me]);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const ready = isComplete(draft) && packIds.length > 0;

  const create = async () => {
    if (!ready || busy) return;
    setBusy(true);
    setError(null);
    try {
      const audit = await call('audits.create', { ...fieldsOf(draft), packIds: [...packIds], team: [...team] });
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
      <NameFields draft={draft} onChange={setDraft} />
      <Packs chosen={packIds} onChange={setPackIds} />
      <ScopeFields draft={draft} onChange={setDraft} />
      <Team chosen={team} onChange={setTeam} />
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
