import { nameOfControl, type Pack } from './control.ts';
import { type ControlReference, controlKey } from './ids.ts';

/**
 * What an organisation is like, and which controls therefore do not concern it. Every proposal carries its reason and can be
 * overruled; nothing is left out of the audit by it.
 */

export const entityKinds = ['provider', 'health-plan', 'clearinghouse', 'business-associate', 'none'] as const;
export type EntityKind = (typeof entityKinds)[number];
export const staffSizes = ['under-50', '50-to-999', '1000-and-more'] as const;
export type StaffSize = (typeof staffSizes)[number];

/** Questions answered with yes or no; null while nobody has said. */
export const profileFacts = [
  'cloud',
  'remoteWork',
  'wireless',
  'mobileDevices',
  'publicWebsite',
  'federalUsers',
  'fundraising',
  'research',
  'euData',
  'euEstablishment',
  'processors',
  'jointControllers',
  'transfers',
  'children',
  'automatedDecisions',
] as const;
export type ProfileFact = (typeof profileFacts)[number];

export interface AuditProfile {
  readonly entity: EntityKind | null;
  readonly staff: StaffSize | null;
  readonly facts: Readonly<Partial<Record<ProfileFact, boolean>>>;
}

export const emptyProfile: AuditProfile = { entity: null, staff: null, facts: {} };

export interface Proposal extends ControlReference {
  readonly title: string;
  readonly citation: string;
  readonly reason: string;
}

interface Rule {
  /** Starts of citations; a control is concerned only when every one of its citations begins with one of these. */
  readonly cited?: readonly string[];
  /** Controls of a shipped checklist whose citations do not tell what they are about: `checklist/control`. */
  readonly controls?: readonly string[];
  readonly holds: (profile: AuditProfile) => boolean;
  readonly reason: string;
}

const hipaa = (...paragraphs: string[]) => paragraphs.map((paragraph) => `45 CFR ${paragraph}`);
const gdpr = (...articles: number[]) => articles.map((article) => `GDPR Art. ${article}`);
const nist = (...controls: string[]) => controls.map((control) => `NIST SP 800-53 Rev. 5 ${control}`);
const isNot = (fact: ProfileFact) => (profile: AuditProfile) => profile.facts[fact] === false;
const is = (fact: ProfileFact) => (profile: AuditProfile) => profile.facts[fact] === true;
const known = (profile: AuditProfile, ...entities: EntityKind[]) => profile.entity !== null && entities.includes(profile.entity);

const rules: readonly Rule[] = [
  {
    cited: hipaa('164.308(a)(4)(ii)(A)'),
    holds: (profile) => known(profile, 'provider', 'health-plan', 'business-associate'),
    reason: 'Concerns clearinghouses that are part of a larger organisation; this organisation runs no clearinghouse.',
  },
  {
    cited: hipaa('164.314(b)', '164.504(f)', '164.514(g)', '164.520(c)(1)', '164.530(k)'),
    holds: (profile) => known(profile, 'provider', 'clearinghouse', 'business-associate'),
    reason: 'Concerns health plans; this organisation is none.',
  },
  {
    cited: hipaa('164.510(a)', '164.520(c)(2)'),
    holds: (profile) => known(profile, 'health-plan', 'clearinghouse', 'business-associate'),
    reason: 'Concerns health care providers; this organisation is none.',
  },
  {
    cited: hipaa('164.404', '164.406', '164.408', '164.520', '164.522', '164.530'),
    holds: (profile) => known(profile, 'business-associate'),
    reason: 'Addressed to covered entities. A business associate answers for it only where its contract says so, 45 CFR 164.504(e).',
  },
  {
    cited: hipaa('164.410'),
    holds: (profile) => known(profile, 'provider', 'health-plan', 'clearinghouse'),
    reason: 'Addressed to business associates; this organisation is the covered entity.',
  },
  { cited: hipaa('164.514(f)'), holds: isNot('fundraising'), reason: 'The organisation does not raise funds with patient data.' },
  {
    cited: [...hipaa('164.512(i)'), ...gdpr(89)],
    holds: isNot('research'),
    reason: 'The organisation does no research with personal data.',
  },
  { cited: gdpr(8), holds: isNot('children'), reason: 'No online service is offered to children.' },
  { cited: gdpr(22), holds: isNot('automatedDecisions'), reason: 'No decision about a person is made by a machine alone.' },
  { cited: gdpr(26), holds: isNot('jointControllers'), reason: 'Purposes and means are decided alone, with no joint controller.' },
  { cited: gdpr(27), holds: is('euEstablishment'), reason: 'The organisation is established in the Union and needs no representative.' },
  { cited: gdpr(28), holds: isNot('processors'), reason: 'No other organisation processes personal data on its behalf.' },
  { cited: gdpr(44, 45, 46, 47, 48, 49), holds: isNot('transfers'), reason: 'Personal data does not leave the European Economic Area.' },
  {
    controls: ['audit-logging/log-cloud-iaas-containers', 'audit-logging/log-saas'],
    holds: isNot('cloud'),
    reason: 'No system or data of the organisation is in the cloud.',
  },
  { cited: nist('AC-17'), holds: isNot('remoteWork'), reason: 'Nobody works from outside, and no system is administered from outside.' },
  { cited: nist('AC-18'), holds: isNot('wireless'), reason: 'There is no wireless network.' },
  { cited: nist('AC-19'), holds: isNot('mobileDevices'), reason: 'No mobile device reaches the systems in scope.' },
  { cited: nist('AC-22'), holds: isNot('publicWebsite'), reason: 'Nothing is published on a system in scope.' },
  { cited: nist('IA-2(12)', 'IA-8(1)'), holds: isNot('federalUsers'), reason: 'No user signs in with a federal PIV credential.' },
];

/** Controls that a profile makes inapplicable, in checklist order, each once with the first reason that holds. */
export function proposeNotApplicable(packs: readonly Pack[], profile: AuditProfile): Proposal[] {
  const holding = rules.filter((rule) => rule.holds(profile));
  if (holding.length === 0) return [];
  return packs.flatMap((pack) =>
    pack.sections
      .flatMap((section) => section.controls)
      .flatMap((control) => {
        const rule = holding.find(
          ({ cited = [], controls = [] }) =>
            controls.includes(controlKey({ packId: pack.id, controlId: control.id })) ||
            control.citations.every((citation) => cited.some((start) => isWithin(citation, start))),
        );
        if (rule === undefined) return [];
        return [{ packId: pack.id, controlId: control.id, title: control.title, citation: nameOfControl(control), reason: rule.reason }];
      }),
  );
}

/** `GDPR Art. 8(1)` is within `GDPR Art. 8`, `GDPR Art. 88` is not. */
function isWithin(citation: string, start: string): boolean {
  return citation === start || (citation.startsWith(start) && citation.charAt(start.length) === '(');
}

export interface PackAdvice {
  readonly packId: string;
  readonly suggested: boolean;
  /** Key of a message, e.g. `hipaa.none`. */
  readonly reason: 'hipaa.entity' | 'hipaa.none' | 'gdpr.data' | 'gdpr.none';
}

/** Which shipped checklists a profile speaks for or against. */
export function advisePacks(profile: AuditProfile): PackAdvice[] {
  const advice: PackAdvice[] = [];
  if (profile.entity !== null) {
    const suggested = profile.entity !== 'none';
    for (const packId of ['hipaa-security', 'hipaa-privacy-breach'])
      advice.push({ packId, suggested, reason: suggested ? 'hipaa.entity' : 'hipaa.none' });
  }
  const { euData } = profile.facts;
  if (euData !== undefined) advice.push({ packId: 'data-protection', suggested: euData, reason: euData ? 'gdpr.data' : 'gdpr.none' });
  return advice;
}
