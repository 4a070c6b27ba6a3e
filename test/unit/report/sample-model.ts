import type { Verdict } from '../../../shared/domain/answer.ts';
import { emptySample } from '../../../shared/domain/answer.ts';
import type { Check } from '../../../shared/domain/checks.ts';
import type { Method, Requirement } from '../../../shared/domain/control.ts';
import type {
  ReportControl,
  ReportEvidence,
  ReportFinding,
  ReportModel,
  ReportSection,
  ReportTask,
} from '../../../shared/domain/report-model.ts';
import { riskLevel } from '../../../shared/domain/risk.ts';
import { countVerdicts, readiness } from '../../../shared/domain/score.ts';

/** A fictional clinic's audit, for the tests of everything that reads a report model. */

interface Topic {
  readonly title: string;
  readonly citation: string;
}

const securityTopics: Readonly<Record<string, readonly Topic[]>> = {
  'Administrative safeguards': [
    { title: 'Risk analysis', citation: '164.308(a)(1)(ii)(A)' },
    { title: 'Risk management', citation: '164.308(a)(1)(ii)(B)' },
    { title: 'Sanction policy', citation: '164.308(a)(1)(ii)(C)' },
    { title: 'Information system activity review', citation: '164.308(a)(1)(ii)(D)' },
    { title: 'Assigned security responsibility', citation: '164.308(a)(2)' },
    { title: 'Authorization and supervision', citation: '164.308(a)(3)(ii)(A)' },
    { title: 'Workforce clearance procedure', citation: '164.308(a)(3)(ii)(B)' },
    { title: 'Termination procedures', citation: '164.308(a)(3)(ii)(C)' },
    { title: 'Access authorization', citation: '164.308(a)(4)(ii)(B)' },
    { title: 'Access establishment and modification', citation: '164.308(a)(4)(ii)(C)' },
    { title: 'Security reminders', citation: '164.308(a)(5)(ii)(A)' },
    { title: 'Protection from malicious software', citation: '164.308(a)(5)(ii)(B)' },
    { title: 'Log-in monitoring', citation: '164.308(a)(5)(ii)(C)' },
    { title: 'Password management', citation: '164.308(a)(5)(ii)(D)' },
    { title: 'Response and reporting', citation: '164.308(a)(6)(ii)' },
    { title: 'Data backup plan', citation: '164.308(a)(7)(ii)(A)' },
    { title: 'Disaster recovery plan', citation: '164.308(a)(7)(ii)(B)' },
    { title: 'Testing and revision procedures', citation: '164.308(a)(7)(ii)(D)' },
  ],
  'Physical safeguards': [
    { title: 'Contingency operations', citation: '164.310(a)(2)(i)' },
    { title: 'Facility security plan', citation: '164.310(a)(2)(ii)' },
    { title: 'Access control and validation procedures', citation: '164.310(a)(2)(iii)' },
    { title: 'Maintenance records', citation: '164.310(a)(2)(iv)' },
    { title: 'Workstation use', citation: '164.310(b)' },
    { title: 'Workstation security', citation: '164.310(c)' },
    { title: 'Disposal', citation: '164.310(d)(2)(i)' },
    { title: 'Media re-use', citation: '164.310(d)(2)(ii)' },
  ],
  'Technical safeguards': [
    { title: 'Unique user identification', citation: '164.312(a)(2)(i)' },
    { title: 'Emergency access procedure', citation: '164.312(a)(2)(ii)' },
    { title: 'Automatic logoff', citation: '164.312(a)(2)(iii)' },
    { title: 'Encryption and decryption', citation: '164.312(a)(2)(iv)' },
    { title: 'Audit controls', citation: '164.312(b)' },
    { title: 'Mechanism to authenticate electronic health information', citation: '164.312(c)(2)' },
    { title: 'Person or entity authentication', citation: '164.312(d)' },
    { title: 'Integrity controls in transmission', citation: '164.312(e)(2)(i)' },
    { title: 'Encryption in transmission', citation: '164.312(e)(2)(ii)' },
  ],
};

const accessTopics: Readonly<Record<string, readonly Topic[]>> = {
  'Accounts and joiners, movers, leavers': accessSection('AC-2', 'Accounts', 12),
  'Privileged access': accessSection('AC-6', 'Privileged access', 10),
  'Remote access': accessSection('AC-17', 'Remote access', 7),
  Authentication: accessSection('IA-2', 'Authentication', 7),
};

function accessSection(family: string, subject: string, count: number): Topic[] {
  const aspects = [
    'inventory',
    'approval',
    'review',
    'separation',
    'removal',
    'logging',
    'break glass',
    'service accounts',
    'vendors',
    'training',
    'limits',
    'tests',
  ];
  return Array.from({ length: count }, (_, index) => ({
    title: `${subject}: ${aspects[index % aspects.length]}`,
    citation: `${family}(${index + 1})`,
  }));
}

const verdictCycle: readonly Verdict[] = [
  'compliant',
  'compliant',
  'partially-compliant',
  'compliant',
  'compliant',
  'compliant',
  'compliant',
  'non-compliant',
  'compliant',
  'compliant',
  'not-applicable',
  'compliant',
  'partially-compliant',
  'compliant',
  'compliant',
  'compliant',
];
const requirementCycle: readonly Requirement[] = ['required', 'required', 'addressable', 'standard', 'recommended'];
const methodCycle: readonly (readonly Method[])[] = [['examine', 'interview'], ['examine', 'interview', 'test'], ['interview'], ['test']];

const rationales: Readonly<Record<Verdict, string>> = {
  compliant:
    'The procedure is current, approved by the security officer and followed in each case that was looked at. Records are complete for the whole period.',
  'partially-compliant':
    'Procedure HR-014 covers revocation within 24 hours. Three of 25 sampled leavers kept VPN access for 4 to 9 days because the contractor roster is not fed to the identity system.\n\nThe head of IT operations, Zoë Brønsted-Łukasiewicz, confirmed the gap.',
  'non-compliant':
    'No restore of the Eastside backups has been tried since March. The written plan asks for one every quarter (≥ 4 a year).',
  'not-applicable': 'The clinic does not act as a clearinghouse.',
  'not-assessed': '',
};

export interface SampleOptions {
  /** Controls in all, spread over the sections; the natural number when absent. */
  readonly controls?: number;
  readonly findings?: number;
  readonly evidence?: number;
  readonly draft?: boolean;
  readonly fingerprint?: string;
}

export function sampleModel(options: SampleOptions = {}): ReportModel {
  const evidence = Array.from({ length: options.evidence ?? 48 }, (_, index) => sampleEvidence(index));
  const findings = Array.from({ length: options.findings ?? 9 }, (_, index) => sampleFinding(index, evidence));
  const natural = [
    ...sectionsOf('hipaa-security', 'HIPAA Security Rule', '45 CFR ', securityTopics),
    ...sectionsOf('access-control', 'Access control', 'NIST SP 800-53 ', accessTopics),
  ];
  const sections = options.controls === undefined ? natural : stretched(natural, options.controls);
  const withEvidence = sections.map((section) => linked(section, evidence, findings));
  const controls = withEvidence.flatMap((section) => section.controls);
  const draft = options.draft ?? false;
  return {
    number: 'SB-2026-0147',
    revision: 1,
    draft,
    createdAt: '2026-11-24T16:20:11.000Z',
    language: 'en',
    paper: 'a4',
    vaultId: '6f1f4d50-7d0f-4a50-9c0d-3d1b1a2f7a10',
    audit: {
      id: '0b6a4a1e-5f9c-4f0e-8c55-0f6b0f3a9d21',
      title: 'Security and access audit 2026',
      organisation: 'Northgate Clinic',
      scope: '3 sites, 14 systems, 212 staff; business associates LabLink and Medora',
      sites: ['Northgate main building', 'Eastside practice', 'Harbour day clinic'],
      systems: ['Medora EHR', 'LabLink portal', 'Directory', 'VPN', 'Backup'],
      periodFrom: '2026-01-01',
      periodTo: '2026-10-31',
      summary:
        'Northgate Clinic protects electronic health information with mature technical controls. Weaknesses concentrate where people leave or change roles, and in the recovery of backups at the Eastside site.',
      limits: 'The payroll provider was not visited. Statements about its systems rest on its own attestation of 3 October 2026.',
    },
    packs: ['hipaa-security', 'access-control'].map((id, index) => ({
      id,
      title: index === 0 ? 'HIPAA Security Rule' : 'Access control',
      version: '1.0.0',
      hash: fakeHash(`pack ${id}`),
      controls: withEvidence.filter((section) => section.packId === id).reduce((sum, section) => sum + section.controls.length, 0),
      sources: [
        index === 0
          ? {
              title: 'Security standards for the protection of electronic protected health information',
              citation: '45 CFR 164.306-316',
              asOf: '2026-09-01',
            }
          : { title: 'Security and privacy controls for information systems', citation: 'NIST SP 800-53 Rev. 5', asOf: '2026-08-15' },
      ],
    })),
    score: readiness(controls.map((control) => ({ verdict: control.verdict, weight: 3 }))),
    counts: countVerdicts(controls),
    sections: withEvidence,
    findings,
    tasks: findings.map(sampleTask),
    evidence,
    people: [
      { name: 'Miriam Okafor', email: 'miriam.okafor@auditors.example', role: 'lead' },
      { name: 'Jonas Weber', email: 'jonas.weber@auditors.example', role: 'reviewer' },
    ],
    signer: { name: 'Miriam Okafor', role: 'lead auditor', fingerprint: options.fingerprint ?? fakeFingerprint('signer') },
    trailHead: { sequence: 1847, hash: fakeHash('trail head') },
    checks: draft ? sampleChecks(controls) : [],
  };
}

function sectionsOf(
  packId: string,
  packTitle: string,
  prefix: string,
  topics: Readonly<Record<string, readonly Topic[]>>,
): ReportSection[] {
  let number = 0;
  return Object.entries(topics).map(([title, list], index) => {
    const controls = list.map((topic) => sampleControl(packId, prefix, topic, number++));
    return { packId, packTitle, id: `${packId}-s${index + 1}`, title, counts: countVerdicts(controls), controls };
  });
}

function stretched(sections: readonly ReportSection[], total: number): ReportSection[] {
  return sections.map((section, index) => {
    const share = Math.floor(total / sections.length) + (index < total % sections.length ? 1 : 0);
    const controls = Array.from({ length: share }, (_, position) => {
      const source = section.controls[position % section.controls.length] as ReportControl;
      return position < section.controls.length
        ? source
        : { ...source, id: `${source.id}-${position}`, title: `${source.title} ${position}` };
    });
    return { ...section, controls, counts: countVerdicts(controls) };
  });
}

function linked(section: ReportSection, evidence: readonly ReportEvidence[], findings: readonly ReportFinding[]): ReportSection {
  const controls = section.controls.map((control, index) => {
    if (control.verdict === 'not-assessed' || control.statementAlone) return control;
    const labels = evidence.length === 0 ? [] : [0, 1].slice(0, (index % 2) + 1).map((step) => pick(evidence, index * 2 + step).label);
    const needsFinding = control.verdict === 'non-compliant' || control.verdict === 'partially-compliant';
    return { ...control, evidence: labels, findings: needsFinding && findings.length > 0 ? [pick(findings, index).label] : [] };
  });
  return { ...section, controls };
}

function sampleControl(packId: string, prefix: string, topic: Topic, number: number): ReportControl {
  const verdict = number === 33 ? 'not-assessed' : pick(verdictCycle, number);
  const methods = verdict === 'not-assessed' ? [] : pick(methodCycle, number);
  const requirement = pick(requirementCycle, number);
  return {
    packId,
    id: `c${String(number + 1).padStart(3, '0')}`,
    citations: [`${prefix}${topic.citation}`],
    title: topic.title,
    requirement,
    objective: 'The organisation can show that the measure is defined, in force for the whole period, and looked after by a named person.',
    verdict,
    workStatus: verdict === 'not-assessed' ? 'to-do' : number % 3 === 0 ? 'ready-for-review' : 'reviewed',
    addressableDecision: requirement === 'addressable' && verdict !== 'not-assessed' ? 'implemented' : null,
    rationale: rationales[verdict],
    methods,
    interviewed: methods.includes('interview') ? ['Head of IT operations', 'Ward manager, Eastside'] : [],
    sample:
      methods.includes('test') && number % 2 === 1
        ? { population: 61, size: 25, deviations: number % 3, seed: '4417', description: 'leavers of the third quarter' }
        : emptySample,
    statementAlone: verdict === 'compliant' && methods.length === 1 && methods[0] === 'interview',
    questions: [
      {
        id: 'q1',
        text: 'A written procedure names who acts, where and how fast.',
        value: verdict === 'not-assessed' ? null : 'yes',
        note: '',
      },
      {
        id: 'q2',
        text: 'The last 25 cases were handled in time in every system.',
        value:
          verdict === 'non-compliant' ? 'no' : verdict === 'partially-compliant' ? 'partial' : verdict === 'not-assessed' ? null : 'yes',
        note: number % 4 === 1 ? 'Sample 25 of 61, seed 4417: 3 deviations, 12 %, upper bound 28 % at 90 % confidence.' : '',
      },
      {
        id: 'q3',
        text: 'Keys, tokens and devices are returned and recorded.',
        value: verdict === 'not-assessed' ? null : number % 5 === 0 ? 'not-applicable' : 'yes',
        note: '',
      },
    ],
    evidence: [],
    findings: [],
    answeredBy: verdict === 'not-assessed' ? '' : number % 2 === 0 ? 'M. Okafor' : 'J. Weber',
    answeredAt: verdict === 'not-assessed' ? '' : `2026-11-${String((number % 18) + 3).padStart(2, '0')}T10:15:00.000Z`,
  };
}

const files = [
  { title: 'HR-014 Offboarding v3.2', originalName: 'HR-014 Offboarding v3.2.pdf', mediaType: 'application/pdf' },
  { title: 'Leavers Q3 with account dates', originalName: 'leavers-2026-q3.csv', mediaType: 'text/csv' },
  { title: 'VPN group membership', originalName: 'vpn-group.png', mediaType: 'image/png' },
  { title: 'Restore test log, Eastside', originalName: 'restore_eastside_2026-03-11.log', mediaType: 'text/plain' },
] as const;

function sampleEvidence(index: number): ReportEvidence {
  const file = pick(files, index);
  return {
    label: `E-${String(index + 1).padStart(3, '0')}`,
    ...file,
    size: 1024 * (index + 1) ** 3 + 517,
    sha256: fakeHash(`evidence ${index}`),
    receivedAt: `2026-11-${String((index % 18) + 3).padStart(2, '0')}T09:30:00.000Z`,
    collector: index % 2 === 0 ? 'Miriam Okafor' : 'Jonas Weber',
    sensitivity: index % 5 === 0 ? 'restricted' : 'internal',
    ...(index % 9 === 4 ? { supersededBy: `E-${String(index + 2).padStart(3, '0')}` } : {}),
    citations: ['45 CFR 164.308(a)(3)(ii)(C)'],
  };
}

const problems = [
  'Contractors keep VPN access after leaving',
  'Eastside backups have not been restored since March',
  'Shared log-in on triage workstations',
  'Addendum with LabLink unsigned',
  'Log review has no second reader',
] as const;

function sampleFinding(index: number, evidence: readonly ReportEvidence[]): ReportFinding {
  const likelihood = 5 - (index % 5);
  const impact = 4 - (index % 4);
  return {
    label: `F-${String(index + 1).padStart(2, '0')}`,
    title: pick(problems, index),
    condition: '3 of 25 leavers could log in to the VPN 4 to 9 days after leaving.',
    criteria: '164.308(a)(3)(ii)(C); HR-014 section 4: 24 hours.',
    cause: 'Contractors are kept on a spreadsheet outside the identity system, which nobody reconciles.',
    effect: 'A former worker could read records of 41,000 patients from outside.',
    recommendation: 'Feed the roster nightly; disable on end date; retest 25 leavers.',
    response: index % 2 === 0 ? 'Accepted. The roster feed is planned for December.' : '',
    likelihood,
    impact,
    level: riskLevel(likelihood, impact),
    owner: pick(['IT operations', 'Site lead', 'Nursing', 'Legal'], index),
    due: `2026-12-${String(5 + (index % 20)).padStart(2, '0')}`,
    state: index === 4 ? 'closed' : 'open',
    citations: ['45 CFR 164.308(a)(3)(ii)(C)'],
    evidence: evidence.slice(0, 2).map((item) => item.label),
  };
}

function sampleTask(finding: ReportFinding, index: number): ReportTask {
  return {
    number: index + 1,
    title: finding.recommendation,
    phase: index < 3 ? 'Stop the bleeding' : 'Build it in',
    owner: finding.owner,
    start: '2026-11-30',
    due: finding.due,
    priority: pick(['critical', 'high', 'medium', 'low'] as const, index),
    progress: (index * 15) % 100,
    overdue: index === 1,
    successCriteria: 'No deviation in a sample of 25.',
    finding: finding.label,
  };
}

function sampleChecks(controls: readonly ReportControl[]): Check[] {
  const blank = { evidenceId: null, findingId: null, taskId: null };
  return controls
    .filter((control) => control.verdict === 'not-assessed' || control.statementAlone)
    .map((control) => ({
      ...blank,
      code: control.statementAlone ? ('statement-alone' as const) : ('unanswered-required' as const),
      severity: control.statementAlone ? ('warning' as const) : ('blocking' as const),
      control: { packId: control.packId, controlId: control.id },
      subject: control.title,
      citation: control.citations[0] ?? '',
    }));
}

function pick<Value>(list: readonly Value[], index: number): Value {
  return list[index % list.length] as Value;
}

/** 64 hex digits that depend on the text; not a real hash. */
export function fakeHash(text: string): string {
  let state = 2166136261;
  let digits = '';
  for (let round = 0; digits.length < 64; round += 1) {
    for (const character of `${text} ${round}`) state = Math.imul(state ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0;
    digits += state.toString(16).padStart(8, '0');
  }
  return digits;
}

function fakeFingerprint(text: string): string {
  return (fakeHash(text).toUpperCase().match(/../g) ?? []).join(':');
}
