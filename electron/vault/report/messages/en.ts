import type { AddressableDecision, QuestionValue, Verdict, WorkStatus } from '../../../../shared/domain/answer.ts';
import type { CheckCode, CheckSeverity } from '../../../../shared/domain/checks.ts';
import type { Method, Requirement } from '../../../../shared/domain/control.ts';
import { counted } from '../../../../shared/domain/count.ts';
import { fileSize } from '../../../../shared/domain/file-size.ts';
import type { FindingState } from '../../../../shared/domain/finding.ts';
import type { Priority } from '../../../../shared/domain/plan.ts';
import type { RiskLevel } from '../../../../shared/domain/risk.ts';
import { sensitivityWords } from './custody-en.ts';

/** Every word the report prints, in English. Another language is another object of this type. */

/** The words of a vault's own sensitivities; a model may name others. */
const sensitivities: ReadonlyMap<string, string> = new Map(Object.entries(sensitivityWords));

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const verdicts: Readonly<Record<Verdict, string>> = {
  compliant: 'Compliant',
  'partially-compliant': 'Partially compliant',
  'non-compliant': 'Non-compliant',
  'not-applicable': 'Not applicable',
  'not-assessed': 'Not assessed',
};

const workStatuses: Readonly<Record<WorkStatus, string>> = {
  'to-do': 'to do',
  'in-progress': 'in progress',
  'ready-for-review': 'ready for review',
  reviewed: 'reviewed',
};

const requirements: Readonly<Record<Requirement, string>> = {
  required: 'required',
  addressable: 'addressable',
  standard: 'standard',
  recommended: 'recommended',
};

const decisions: Readonly<Record<AddressableDecision, string>> = {
  implemented: 'Implemented as specified',
  'alternative-measure': 'Alternative measure in place',
  'not-reasonable-and-appropriate': 'Documented as not reasonable and appropriate',
};

const methods: Readonly<Record<Method, string>> = { examine: 'examine', interview: 'interview', test: 'test' };

const questionValues: Readonly<Record<QuestionValue, string>> = {
  yes: 'Yes',
  no: 'No',
  partial: 'Partly',
  'not-applicable': 'N/A',
};

const levels: Readonly<Record<RiskLevel, string>> = { high: 'High', medium: 'Medium', low: 'Low' };
const findingStates: Readonly<Record<FindingState, string>> = { open: 'open', accepted: 'accepted', closed: 'closed' };
const priorities: Readonly<Record<Priority, string>> = { low: 'Low', medium: 'Medium', high: 'High', critical: 'Critical' };
const severities: Readonly<Record<CheckSeverity, string>> = { blocking: 'Blocks', warning: 'Note' };

const checks: Readonly<Record<CheckCode, string>> = {
  'unanswered-required': 'Required control without a verdict',
  unanswered: 'Control without a verdict',
  'rationale-missing': 'The verdict needs a rationale',
  'decision-missing': 'Addressable specification without a decision',
  'compliant-without-evidence': 'Compliant, but no evidence is attached',
  'earlier-answer-waiting': 'An earlier answer waits because the text of the control changed',
  'statement-alone': 'Compliant on a statement alone',
  'non-compliant-without-finding': 'Non-compliant, but there is no finding',
  'evidence-outside-period': 'Evidence lies outside the audit period',
  'sensitive-without-copy': 'Sensitive evidence without a redacted copy: title and file name are withheld',
  'task-overdue': 'Corrective task is overdue',
};

export const en = {
  documentTitle: 'Compliance audit report',
  creator: 'Sealbook',
  draft: 'DRAFT',
  draftWord: 'draft',
  finalWord: 'final',
  notStated: 'not stated',
  months,
  verdicts,
  workStatuses,
  requirements,
  decisions,
  methods,
  questionValues,
  levels,
  findingStates,
  priorities,
  severities,
  checks,

  coverFoot: (number: string, revision: number, draft: boolean) => `Report ${number} r${revision}${draft ? ' · DRAFT' : ''}`,
  runningFoot: (organisation: string, number: string, revision: number, draft: boolean) =>
    `${draft ? 'DRAFT · ' : ''}${number} r${revision} · ${organisation}`,
  pageOf: (page: number, pages: number) => `${page} of ${pages}`,
  checkIt: 'How to check it: last page',
  controls: (count: number) => counted(count, 'control'),
  continuedOn: (place: string) => `Continued in full under “${place}”.`,

  cover: {
    period: 'Period',
    periodFromTo: (from: string, to: string) => `${from} to ${to}`,
    scope: 'Scope',
    sites: 'Sites',
    systems: 'Systems',
    checklists: 'Checklists',
    checklist: (title: string, version: string, controls: number) => `${title} ${version} (${counted(controls, 'control')})`,
    readiness: 'Readiness',
    readinessOf: (score: number) => `${score} of 100`,
    revision: 'Revision',
    number: 'Report',
    signedBy: 'Signed by',
    preparedBy: 'Prepared by',
    certificate: 'certificate SHA-256',
  },
  contents: 'Contents',
  summary: {
    title: 'Executive summary',
    readiness: 'Readiness',
    readinessNote: 'of 100, weighted share of the applicable controls that are met',
    nothingApplies: 'Nothing applies',
    bySection: 'Verdicts by section',
    byChecklist: 'Verdicts by checklist',
    moreSections: (count: number) => `and ${counted(count, 'more section')}, in the results`,
    matters: 'What matters most',
    moreFindings: (count: number) => `${count} more under “Findings”.`,
    noFindings: 'The audit raised no findings.',
    work: 'How the work was done',
    workDone: (facts: {
      evidence: number;
      interviews: number;
      samples: number;
      examined: number;
      interviewed: number;
      tested: number;
      assessed: number;
      controls: number;
    }) =>
      `${facts.assessed} of ${counted(facts.controls, 'control')} ${facts.assessed === 1 ? 'was' : 'were'} assessed with the methods of NIST SP 800-53A: ${facts.examined} by examining, ` +
      `${facts.interviewed} by interview, ${facts.tested} by test. The work rests on ${counted(facts.evidence, 'piece')} of evidence, ` +
      `${counted(facts.interviews, 'person', 'people')} interviewed and ${counted(facts.samples, 'sample')}.`,
    statementAlone: (count: number) =>
      count === 1
        ? 'One control is compliant on a statement alone and is marked.'
        : `${count} controls are compliant on a statement alone and are marked.`,
    limits: 'Limits',
    noLimits: 'No limits were stated.',
    full: 'Summary in full',
  },
  scope: {
    title: 'Scope and method',
    scope: 'Scope',
    sitesAndSystems: 'Sites and systems',
    period: 'Period',
    limits: 'Limits',
    checklists: 'Checklists and their sources',
    checklist: 'Checklist',
    version: 'Version',
    controls: 'Controls',
    contentHash: 'Content SHA-256',
    source: 'Source',
    citation: 'Citation',
    asOf: 'Read as of',
    method: 'Method',
    methodText:
      'Each control was judged by one or more of three methods: examine (reading documents, settings and records), interview (asking the people who do the work) and test (trying it, or drawing a sample). A control may be compliant, partially compliant, non-compliant or not applicable; whatever is not compliant carries a rationale. Evidence was sealed when it was received and is named by its SHA-256 in the evidence index.',
    scoreText:
      'Readiness is the weighted share of applicable controls that are met, with half credit for partially compliant ones. Controls that are not assessed count as not met.',
    ratingText: 'Findings are rated by likelihood times impact, each from 1 to 5: low up to 4, medium up to 12, high from 15.',
    verdict: 'Verdict',
    share: 'Controls',
    redaction: 'Redaction',
    redactionOriginals: 'Evidence is named as it was received.',
    redactionCopies: (copies: number, withheld: number) =>
      [
        'Where a redacted copy of a piece of evidence was made, this report names the copy and not the original.',
        copies === 0 ? 'No piece has such a copy.' : `Copies stand for ${counted(copies, 'piece')}.`,
        ...(withheld === 0
          ? []
          : [
              withheld === 1
                ? '1 sensitive piece has none; its title and file name are withheld.'
                : `${withheld} sensitive pieces have none; their titles and file names are withheld.`,
            ]),
        'The originals stay sealed with the auditor.',
      ].join(' '),
  },
  open: {
    title: 'Open checks',
    intro: 'This report is a draft. What follows keeps it from being signed as final; notes do not block.',
    none: 'No check is open.',
    kind: 'Kind',
    citation: 'Citation',
    subject: 'Subject',
    check: 'Check',
  },
  results: {
    title: 'Results by section',
    intro: 'Every control of every checklist, in checklist order.',
    by: (name: string, date: string) => `${name}, ${date}`,
    statementAlone: 'Compliant on statement alone: no evidence, nothing examined or tested.',
    decision: 'Addressable decision',
    carried: 'Carried from',
    carriedText: (citation: string, inSync: boolean) => `${citation}${inSync ? '' : '; judged on its own since'}`,
    interviewed: 'Interviewed',
    sample: 'Sample',
    sampleText: (sample: {
      size: number | null;
      population: number | null;
      deviations: number | null;
      seed: string;
      description: string;
    }) =>
      [
        sample.size === null ? '' : sample.population === null ? counted(sample.size, 'item') : `${sample.size} of ${sample.population}`,
        sample.deviations === null ? '' : counted(sample.deviations, 'deviation'),
        sample.seed === '' ? '' : `seed ${sample.seed}`,
        sample.description,
      ]
        .filter((part) => part !== '')
        .join(', '),
    question: 'Question',
    answer: 'Answer',
    unanswered: '–',
    evidence: 'Evidence',
    item: 'Item',
    hash: 'SHA-256',
    missingEvidence: 'not in the evidence index',
    moreEvidence: (count: number) => `and ${count.toLocaleString('en-US')} more; the attached manifest.json names all of them.`,
  },
  findings: {
    title: 'Findings',
    none: 'No findings were raised.',
    finding: 'Finding',
    rating: 'Rating',
    owner: 'Owner',
    due: 'Due',
    condition: 'Condition',
    criteria: 'Criteria',
    cause: 'Cause',
    effect: 'Effect',
    recommendation: 'Recommendation',
    response: 'Response',
    responsible: 'Owner and due date',
    state: 'State',
    controls: 'Controls',
    evidence: 'Evidence',
    ratingText: (level: string, likelihood: number, impact: number) => `${level} ${likelihood} × ${impact}`,
  },
  plan: {
    title: 'Corrective action plan',
    none: 'No corrective work is planned.',
    number: 'No',
    task: 'Task',
    owner: 'Owner',
    start: 'Start',
    due: 'Due',
    priority: 'Priority',
    progress: 'Done',
    overdue: 'overdue',
    success: 'Done when',
    finding: 'Finding',
    noPhase: 'Without phase',
  },
  evidence: {
    title: 'Evidence index',
    intro:
      'Evidence with the SHA-256 of each file as it was received. Compute the hash of a file that is handed to you and compare it with the line here.',
    introRedacted:
      'Evidence with the SHA-256 of each file as it is kept in the vault; a redacted copy stands for its original. Compute the hash of a file that is handed to you and compare it with the line here.',
    none: 'No evidence was attached.',
    cut: (printed: number, total: number) =>
      `The audit has ${counted(total, 'piece')} of evidence. The first ${printed.toLocaleString('en-US')} are printed here; the attached manifest.json has the name, size and SHA-256 of all of them.`,
    redactedFrom: (label: string) => `Redacted copy of ${label}`,
    withheld: 'Title and file name withheld',
    reference: 'Ref',
    item: 'Item',
    received: 'Received',
    hash: 'SHA-256',
    more: (count: number) => `and ${counted(count, 'more control')}`,
    /** Nothing where there is nothing to be careful of. */
    sensitivity: (value: string) => (value === 'normal' ? '' : (sensitivities.get(value) ?? value)),
    superseded: (label: string) => `Replaced by ${label}`,
    size: (bytes: number) => fileSize(bytes, 'en-US'),
  },
  people: { title: 'People', name: 'Name', role: 'Role', email: 'E-mail' },
  closing: {
    title: 'How to verify this document',
    intro:
      'This report is one PDF with an electronic signature over all of its bytes (PAdES B-B, ETSI EN 319 142). Changing a single byte, or adding one, breaks it. Nothing has to be sent anywhere to check it.',
    unsigned: 'A draft can be signed too: the signature then says who made the draft, not that the work is complete.',
    steps: [
      'Drop this file on “Verify a report” in Sealbook, or run:',
      'Compare the fingerprint it prints with the one below. Ask the signer for it by another way than the one this file came by.',
      'To make the check depend on one certificate, hand it over:',
      'Other PDF readers check the same signature; the attached manifest.json repeats verdicts, evidence hashes and findings for machines.',
    ],
    command: 'sealbook verify REPORT.pdf',
    commandTrust: 'sealbook verify REPORT.pdf --trust SIGNER.pem',
    signer: 'Signer',
    fingerprint: 'Certificate SHA-256',
    manifest: 'Manifest SHA-256',
    trail: 'Trail head',
    trailText: (sequence: number) => `event ${sequence.toLocaleString('en-US')}`,
    vault: 'Vault',
    report: 'Report',
    audit: 'Audit',
    trailNote:
      'The trail is the hash-chained log of everything that happened in the vault. Its head is part of the signed document: if somebody cuts or rewrites the log later, its link with this number has another hash.',
    fonts: 'Characters that the fonts of this report do not hold are printed by their Unicode number; manifest.json has them as typed.',
  },
};

export type Messages = typeof en;

/** The catalogue for a language tag; English until there is another. */
export function messagesFor(_language: string): Messages {
  return en;
}
