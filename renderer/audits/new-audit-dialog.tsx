import { useEffect, useState } from 'react';
import { type AuditProfile, advisePacks, emptyProfile, type PackAdvice } from '../../shared/domain/applicability.ts';
import { type AuditId, type ControlReference, controlKey, type PersonId } from '../../shared/domain/ids.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { useOpenVault } from '../session.ts';
import { Badge, Button, Checkbox, Dialog, ErrorNotice, Loading, Select } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';
import { emptyDraft, fieldsOf, isComplete, NameFields, ScopeFields } from './audit-fields.tsx';
import { isProfileGiven, ProfileFields, Proposals } from './profile-fields.tsx';

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
  const [profile, setProfile] = useState<AuditProfile>(emptyProfile);
  const [overruled, setOverruled] = useState<ReadonlyMap<string, ControlReference>>(new Map());
  const [fromAuditId, setFromAuditId] = useState<AuditId | null>(null);
  const ready = isComplete(draft) && packIds.length > 0;
  const overrule = ({ packId, controlId }: ControlReference, on: boolean) => {
    const next = new Map(overruled);
    if (on) next.set(controlKey({ packId, controlId }), { packId, controlId });
    else next.delete(controlKey({ packId, controlId }));
    setOverruled(next);
  };

  const create = async () => {
    if (!ready || busy) return;
    setBusy(true);
    setError(null);
    try {
      const audit = await call('audits.create', {
        ...fieldsOf(draft),
        packIds: [...packIds],
        team: [...team],
        profile: isProfileGiven(profile) ? { ...profile, facts: { ...profile.facts } } : null,
        overruled: [...overruled.values()],
        fromAuditId,
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
      <NameFields draft={draft} onChange={setDraft} />
      <details className="new-audit__profile">
        <summary>
          <span className="new-audit__summary">{t('audits.profile')}</span> <span className="muted">{t('audits.profile.text')}</span>
        </summary>
        <ProfileFields profile={profile} onChange={setProfile} />
      </details>
      <Packs chosen={packIds} onChange={setPackIds} profile={profile} />
      <Proposals packIds={packIds} profile={profile} overruled={new Set(overruled.keys())} onOverrule={overrule} />
      <EarlierAudit value={fromAuditId} onChange={setFromAuditId} />
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

interface EarlierAuditProps {
  readonly value: AuditId | null;
  readonly onChange: (value: AuditId | null) => void;
}

/** An earlier audit whose answers are taken over; nothing to choose in a vault without audits. */
function EarlierAudit({ value, onChange }: EarlierAuditProps) {
  const audits = useQuery('audits.list', {}, ['audits']);
  if (audits.data === undefined || audits.data.length === 0) return null;
  const none = { value: 'none', label: t('audits.new.earlier.none') };
  return (
    <Select
      label={t('audits.new.earlier')}
      description={t('audits.new.earlier.hint')}
      options={[none, ...audits.data.map((audit) => ({ value: audit.id as string, label: audit.title, description: audit.organisation }))]}
      value={value ?? 'none'}
      onChange={(chosen) => onChange(audits.data?.find((audit) => audit.id === chosen)?.id ?? null)}
    />
  );
}

function Packs({ chosen, onChange, profile }: ChoiceProps<string> & { readonly profile: AuditProfile }) {
  const packs = useQuery('packs.list', {}, ['packs']);
  const advice = new Map(advisePacks(profile).map((entry) => [entry.packId, entry]));
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
              <span>
                {pack.title} <Advice advice={advice.get(pack.id)} />
              </span>
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

function Advice({ advice }: { readonly advice: PackAdvice | undefined }) {
  if (advice === undefined) return null;
  return (
    <>
      <Badge tone={advice.suggested ? 'accent' : 'neutral'}>{t(advice.suggested ? 'audits.new.suggested' : 'audits.new.not-needed')}</Badge>{' '}
      <span className="muted">{t(`audits.advice.${advice.reason}`)}</span>
    </>
  );
}

function Team({ chosen, onChange }: ChoiceProps<PersonId>) {
  const people = useQuery('people.list', {}, ['people']);
  return (
    <fieldset className="new-audit__group">
      <legend>{t('audits.new.team')}</legend>
      {people.error === null ? null : <ErrorNotice error={people.error} onRetry={people.reload} />}
      {people.data
        ?.filter(({ removedAt }) => removedAt === '')
        .map((person) => (
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
