import {
  type AuditProfile,
  emptyProfile,
  entityKinds,
  type ProfileFact,
  type Proposal,
  profileFacts,
  staffSizes,
} from '../../shared/domain/applicability.ts';
import { type ControlReference, controlKey } from '../../shared/domain/ids.ts';
import { t } from '../i18n/translate.ts';
import { Checkbox, QueryView, Segmented, Select } from '../ui/index.ts';
import { useQuery } from '../use-query.ts';

export interface ProfileFieldsProps {
  readonly profile: AuditProfile;
  readonly onChange: (profile: AuditProfile) => void;
}

/** What the organisation is like. Every question may stay open; what is open proposes nothing. */
export function ProfileFields({ profile, onChange }: ProfileFieldsProps) {
  return (
    <div className="profile">
      <div className="new-audit__columns">
        <Select
          label={t('audits.profile.entity')}
          description={t('audits.profile.entity.hint')}
          options={entityKinds.map((value) => ({ value, label: t(`audits.profile.entity.${value}`) }))}
          value={profile.entity}
          onChange={(entity) => onChange({ ...profile, entity })}
        />
        <Select
          label={t('audits.profile.staff')}
          description={t('audits.profile.staff.hint')}
          options={staffSizes.map((value) => ({ value, label: t(`audits.profile.staff.${value}`) }))}
          value={profile.staff}
          onChange={(staff) => onChange({ ...profile, staff })}
        />
      </div>
      <div className="profile__facts">
        {profileFacts.map((fact) => (
          <div key={fact} className="profile__fact">
            <span aria-hidden="true">{t(`audits.profile.${fact}`)}</span>
            <Segmented
              label={t(`audits.profile.${fact}`)}
              size="small"
              options={[
                { value: 'yes', label: t('common.yes') },
                { value: 'no', label: t('common.no') },
                { value: 'open', label: t('audits.profile.open') },
              ]}
              value={stateOf(profile, fact)}
              onChange={(value) => onChange({ ...profile, facts: withFact(profile, fact, value) })}
            />
          </div>
        ))}
      </div>
    </div>
  );
}

function stateOf({ facts }: AuditProfile, fact: ProfileFact): 'yes' | 'no' | 'open' {
  const value = facts[fact];
  return value === undefined ? 'open' : value ? 'yes' : 'no';
}

function withFact({ facts }: AuditProfile, fact: ProfileFact, value: 'yes' | 'no' | 'open'): AuditProfile['facts'] {
  const { [fact]: _, ...others } = facts;
  return value === 'open' ? others : { ...others, [fact]: value === 'yes' };
}

/** Whether anything was said. */
export function isProfileGiven(profile: AuditProfile): boolean {
  return JSON.stringify(profile) !== JSON.stringify(emptyProfile);
}

export interface ProposalsProps {
  readonly packIds: readonly string[];
  readonly profile: AuditProfile;
  /** Control keys that stay in question although the profile speaks against them. */
  readonly overruled: ReadonlySet<string>;
  readonly onOverrule: (reference: ControlReference, overruled: boolean) => void;
}

/** What follows from the profile for the chosen checklists, each with its reason; unticked means overruled. */
export function Proposals({ packIds, profile, overruled, onOverrule }: ProposalsProps) {
  const asked =
    packIds.length === 0 || !isProfileGiven(profile)
      ? null
      : { packIds: [...packIds], profile: { ...profile, facts: { ...profile.facts } } };
  const query = useQuery('audits.propose', asked, ['packs'], { keepPrevious: true });
  if (asked === null) return null;
  return (
    <QueryView query={query}>
      {(proposals) =>
        proposals.length === 0 ? (
          <p className="field__description">{t('audits.proposals.none')}</p>
        ) : (
          <fieldset className="new-audit__group">
            <legend>{t('audits.proposals', { count: proposals.length })}</legend>
            <p className="field__description">{t('audits.proposals.text')}</p>
            <div className="proposals">
              {proposals.map((proposal) => (
                <ProposalRow
                  key={controlKey(proposal)}
                  proposal={proposal}
                  accepted={!overruled.has(controlKey(proposal))}
                  onAccept={(accepted) => onOverrule(proposal, !accepted)}
                />
              ))}
            </div>
          </fieldset>
        )
      }
    </QueryView>
  );
}

export interface ProposalRowProps {
  readonly proposal: Proposal;
  readonly accepted: boolean;
  readonly onAccept: (accepted: boolean) => void;
  readonly isDisabled?: boolean;
}

export function ProposalRow({ proposal, accepted, onAccept, isDisabled = false }: ProposalRowProps) {
  return (
    <div className="new-audit__pack">
      <Checkbox isSelected={accepted} onChange={onAccept} isDisabled={isDisabled}>
        <span>{proposal.title}</span>
        <span className="new-audit__detail">
          <span className="mono">{proposal.citation}</span> · {proposal.reason}
        </span>
      </Checkbox>
    </div>
  );
}
