import type { AnswerPatch } from '../../shared/domain/answer.ts';
import type { Control } from '../../shared/domain/control.ts';
import type { ControlReference } from '../../shared/domain/ids.ts';
import type { Payload } from '../../shared/ipc/contract.ts';
import { isoToday } from './audit-repo.ts';

/** What happened in the sample audit: people, scope, answers, findings and the plan. All of it is invented. */

export type SampleStage = 'fieldwork' | 'finished';

export const samplePeople = [
  { name: 'Miriam Okafor', email: 'm.okafor@calder-audit.example', role: 'lead' },
  { name: 'Jonas Weber', email: 'j.weber@calder-audit.example', role: 'reviewer' },
] as const;

/** An ISO day so many days from today. */
export function sampleDay(offset: number): string {
  const day = new Date();
  day.setDate(day.getDate() + offset);
  return isoToday(day);
}

/** The engagement. */
export function sampleAudit(stage: SampleStage) {
  return {
    title: `Security and readiness audit ${sampleDay(0).slice(0, 4)}`,
    organisation: 'Northgate Clinic',
    scope:
      'Three sites, 14 systems with electronic protected health information, 212 staff, and the business associates LabLink and Medora.',
    sites: ['Northgate', 'Eastside', 'Harbor Street'],
    systems: ['EHR', 'Patient portal', 'Laboratory interface', 'Directory', 'VPN', 'Backup'],
    periodFrom: sampleDay(-300),
    periodTo: sampleDay(0),
    due: sampleDay(stage === 'finished' ? 14 : 20),
    summary:
      'Northgate Clinic protects electronic health information with mature technical controls. Weaknesses concentrate where people leave or change roles, and in the recovery of backups at the Eastside site.',
    limits: 'The payroll provider was not visited. Statements about its systems rest on its own attestation.',
  };
}

interface Deviation {
  readonly verdict: 'partially-compliant' | 'non-compliant' | 'not-applicable';
  readonly rationale: string;
  readonly no: readonly string[];
}

const deviations: Readonly<Record<string, Deviation>> = {
  'hipaa-164.308-a-3-ii-C': {
    verdict: 'partially-compliant',
    rationale:
      'The procedure covers revocation within 24 hours. Three of 25 sampled leavers kept VPN access for 4 to 9 days because the contractor roster is not fed to the identity system.',
    no: ['q2'],
  },
  'hipaa-164.308-a-4-ii-A': {
    verdict: 'not-applicable',
    rationale: 'The clinic is not, and is not part of, a health care clearinghouse; confirmed by counsel in writing.',
    no: [],
  },
  'hipaa-164.308-a-7-ii-D': {
    verdict: 'non-compliant',
    rationale:
      'The contingency plan names a yearly exercise. None took place at Eastside within the period, and the last revision is 31 months old.',
    no: ['q1', 'q2'],
  },
  'hipaa-164.312-a-2-iii': {
    verdict: 'partially-compliant',
    rationale: 'Workstations lock after 10 minutes. Two triage stations run a shared log-in without a screen lock.',
    no: ['q1'],
  },
  'hipaa-164.314-a-2-i': {
    verdict: 'partially-compliant',
    rationale: 'Both agreements are signed. The addendum on return and destruction of data is missing at LabLink.',
    no: ['q2'],
  },
  'hipaa-164.310-d-2-iii': {
    verdict: 'partially-compliant',
    rationale: 'The asset list covers laptops and phones. Removable drives are not on it.',
    no: ['q3'],
  },
  'pr-3.1-load-balancing': {
    verdict: 'partially-compliant',
    rationale: 'Health checks and TLS termination are in place. A failover was exercised once, not for both zones.',
    no: ['q4'],
  },
  'hipaa-164.314-b-1': { verdict: 'not-applicable', rationale: 'The clinic does not sponsor a group health plan.', no: [] },
  'hipaa-164.314-b-2-i': { verdict: 'not-applicable', rationale: 'The clinic does not sponsor a group health plan.', no: [] },
  'hipaa-164.314-b-2-ii': { verdict: 'not-applicable', rationale: 'The clinic does not sponsor a group health plan.', no: [] },
  'hipaa-164.314-b-2-iii': { verdict: 'not-applicable', rationale: 'The clinic does not sponsor a group health plan.', no: [] },
  'hipaa-164.314-b-2-iv': { verdict: 'not-applicable', rationale: 'The clinic does not sponsor a group health plan.', no: [] },
};

/** Which files show most about a section. */
const sectionEvidence: Readonly<Record<string, readonly string[]>> = {
  general: ['risk-register.csv'],
  administrative: ['risk-register.csv', 'training-completions.csv', 'incident-2026-014.eml'],
  physical: ['badge-readers-eastside.png'],
  technical: ['ehr-access.log', 'firewall-policy.json'],
  organizational: ['lablink-agreement.pdf'],
  documentation: ['security-policies-2026.pdf'],
};

const titledEvidence: readonly { readonly pattern: RegExp; readonly files: readonly string[] }[] = [
  { pattern: /terminat|leav|authori|workforce/i, files: ['leavers-q3.csv', 'vpn-group-members.png', 'interview-it-operations.md'] },
  { pattern: /backup|recovery|contingency|restore/i, files: ['backup-restore-test.log'] },
  { pattern: /load|performance|response/i, files: ['load-test-summary.json'] },
  { pattern: /log|audit|monitor/i, files: ['ehr-access.log'] },
];

export interface SampleAnswer {
  readonly patch: AnswerPatch;
  readonly evidence: readonly string[];
}

/** What was answered, or null where the fieldwork has not got to yet. */
export function answerFor(control: Control, sectionId: string, index: number, total: number, stage: SampleStage): SampleAnswer | null {
  if (stage === 'fieldwork' && index > total * 0.45) return null;
  const deviation = deviations[control.id];
  const methods = control.methods.map((step) => step.method);
  const questions = Object.fromEntries(
    control.questions.map((question) => {
      const value = deviation?.verdict === 'not-applicable' ? 'not-applicable' : deviation?.no.includes(question.id) ? 'no' : 'yes';
      return [question.id, { value, note: value === 'no' ? (deviation?.rationale ?? '') : '' }];
    }),
  ) as NonNullable<AnswerPatch['questions']>;
  const firstEvidence = control.expectedEvidence[0] ?? 'The records';
  return {
    patch: {
      verdict: deviation?.verdict ?? 'compliant',
      workStatus: stage === 'finished' ? 'reviewed' : index % 3 === 0 ? 'ready-for-review' : 'in-progress',
      rationale:
        deviation?.rationale ??
        `${firstEvidence}: read and compared with practice. All ${control.questions.length} questions were answered with yes at the sites in scope.`,
      methods,
      interviewed: methods.includes('interview') ? [index % 2 === 0 ? 'K. Lund, IT operations' : 'S. Marsh, privacy officer'] : [],
      addressableDecision:
        control.requirement === 'addressable'
          ? deviation?.verdict === 'not-applicable'
            ? 'not-reasonable-and-appropriate'
            : 'implemented'
          : null,
      ...(control.id === 'hipaa-164.308-a-3-ii-C'
        ? { sample: { population: 61, size: 25, deviations: 3, seed: '4417', description: 'Leavers of the third quarter' } }
        : {}),
      questions,
    },
    evidence: stage === 'fieldwork' && index % 11 === 7 ? [] : filesFor(control, sectionId),
  };
}

/** Files that the title asks for, else those of the section; the policy manual where nothing else speaks. */
function filesFor(control: Control, sectionId: string): string[] {
  const titled = titledEvidence.filter(({ pattern }) => pattern.test(control.title)).flatMap(({ files }) => files);
  const files = titled.length > 0 ? titled : (sectionEvidence[sectionId] ?? ['security-policies-2026.pdf']);
  return [...new Set(files)];
}

type FindingFields = Payload<'findings.create'>['fields'];
type TaskFields = Payload<'plan.create'>['fields'];

interface SampleFinding {
  readonly fields: FindingFields;
  readonly controls: readonly ControlReference[];
  readonly files: readonly string[];
  readonly task: readonly TaskFields[];
}

function hipaa(...ids: string[]): ControlReference[] {
  return ids.map((controlId) => ({ packId: 'hipaa-security', controlId }));
}

/** The findings with the corrective work that each asks for. */
export function sampleFindings(): SampleFinding[] {
  return [
    {
      fields: {
        title: 'Contractors keep VPN access after leaving',
        condition: 'Three of 25 sampled leavers could log in to the VPN 4 to 9 days after their last day.',
        criteria: '45 CFR 164.308(a)(3)(ii)(C); policy manual section 2: 24 hours.',
        cause: 'Contractors are kept on a spreadsheet outside the identity system.',
        effect: 'A former worker could read the records of 41,000 patients.',
        recommendation: 'Feed the roster every night; disable on the end date; retest 25 leavers.',
        likelihood: 4,
        impact: 4,
        owner: 'IT operations',
        due: sampleDay(21),
        response: 'Accepted. The interface is ordered.',
      },
      controls: hipaa('hipaa-164.308-a-3-ii-C'),
      files: ['leavers-q3.csv', 'vpn-group-members.png', 'interview-it-operations.md'],
      task: [
        {
          title: 'Feed the contractor roster to the identity system',
          phase: 'Remediate',
          owner: 'IT operations',
          start: sampleDay(1),
          due: sampleDay(12),
          priority: 'critical',
          progress: 40,
          successCriteria: 'Every contractor has an end date in the directory; nightly job log for 14 days.',
        },
        {
          title: 'Retest VPN revocation with 25 leavers',
          phase: 'Verify',
          owner: 'Internal audit',
          start: sampleDay(13),
          due: sampleDay(21),
          priority: 'high',
          progress: 0,
          successCriteria: 'No account open after 24 hours.',
        },
      ],
    },
    {
      fields: {
        title: 'Eastside recovery has not been exercised',
        condition: 'No restore or emergency exercise took place at Eastside within the period.',
        criteria: '45 CFR 164.308(a)(7)(ii)(D); contingency plan section 6.',
        cause: 'The exercise was planned for a weekend on which the site moved.',
        effect: 'The time to bring the site back after a loss is not known.',
        recommendation: 'Exercise the plan at Eastside and revise it with what was learnt.',
        likelihood: 3,
        impact: 5,
        owner: 'Site lead Eastside',
        due: sampleDay(18),
        response: 'Accepted.',
      },
      controls: hipaa('hipaa-164.308-a-7-ii-D'),
      files: ['backup-restore-test.log'],
      task: [
        {
          title: 'Restore the Eastside file server on spare hardware',
          phase: 'Remediate',
          owner: 'Site lead Eastside',
          start: sampleDay(2),
          due: sampleDay(16),
          priority: 'high',
          progress: 10,
          successCriteria: 'Restored within 8 hours, signed log.',
        },
      ],
    },
    {
      fields: {
        title: 'Shared log-in on triage workstations',
        condition: 'Two triage stations run one shared account without a screen lock.',
        criteria: '45 CFR 164.312(a)(2)(iii); policy manual section 1.',
        cause: 'Staff found the log-in too slow during triage.',
        effect: 'Entries cannot be traced to a person.',
        recommendation: 'Badge log-in with a session that moves with the person.',
        likelihood: 4,
        impact: 3,
        owner: 'Nursing',
        due: sampleDay(60),
        response: '',
      },
      controls: hipaa('hipaa-164.312-a-2-iii'),
      files: [],
      task: [
        {
          title: 'Badge log-in on triage stations',
          phase: 'Remediate',
          owner: 'Nursing',
          start: sampleDay(10),
          due: sampleDay(55),
          priority: 'medium',
          progress: 0,
          successCriteria: 'No shared account in the directory.',
        },
      ],
    },
    {
      fields: {
        title: 'Addendum with LabLink is unsigned',
        condition: 'The addendum on return and destruction of data is attached to the agreement and not signed.',
        criteria: '45 CFR 164.314(a)(2)(i).',
        cause: 'It waited for a reply of LabLink.',
        effect: 'The end of the contract leaves open where the data stays.',
        recommendation: 'Sign the addendum.',
        likelihood: 2,
        impact: 4,
        owner: 'Legal',
        due: sampleDay(9),
        response: 'Sent for signature.',
      },
      controls: hipaa('hipaa-164.314-a-2-i'),
      files: ['lablink-agreement.pdf'],
      task: [
        {
          title: 'Sign the LabLink addendum',
          phase: 'Remediate',
          owner: 'Legal',
          start: sampleDay(-5),
          due: sampleDay(9),
          priority: 'medium',
          progress: 60,
          successCriteria: 'Signed copy in the contract file.',
        },
      ],
    },
  ];
}

/** Work that belongs to no single finding. */
export function sampleTasks(): TaskFields[] {
  return [
    {
      title: 'Inventory of removable drives',
      phase: 'Remediate',
      owner: 'IT operations',
      start: sampleDay(3),
      due: sampleDay(30),
      priority: 'low',
      progress: 0,
      successCriteria: 'Every drive has a tag and an owner.',
    },
  ];
}
