import { encode } from 'fast-png';
import type { Payload } from '../../shared/ipc/contract.ts';
import { readFont } from './report/render/fonts.ts';
import { sampleDay } from './sample-story.ts';

/** The sample audit's evidence files: made on the spot, of the kinds an auditor meets. */

export interface SampleFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly fields: Payload<'evidence.update'>['patch'];
}

/** Every sample file. `fonts` is the folder of the embedded fonts, for the PDFs. */
export async function sampleEvidence(fonts: string): Promise<SampleFile[]> {
  const day = (ago: number) => ({ effectiveFrom: sampleDay(-ago), effectiveTo: sampleDay(-ago) });
  const text = (value: string) => new TextEncoder().encode(value);
  return [
    {
      name: 'security-policies-2026.pdf',
      bytes: await policyPdf(fonts),
      fields: {
        title: 'Security policy manual, version 4.2',
        source: 'Document system',
        method: 'Export by the security officer',
        description: 'Approved manual with revision history.',
        ...day(60),
      },
    },
    {
      name: 'risk-register.csv',
      bytes: text(riskRegister()),
      fields: { title: 'Risk register', source: 'GRC spreadsheet', method: 'Export', ...day(40) },
    },
    {
      name: 'leavers-q3.csv',
      bytes: text(leavers()),
      fields: {
        title: 'Leavers with account closing times',
        source: 'HR system and directory',
        method: 'Export joined by employee number',
        sensitivity: 'personal-data',
        ...day(30),
      },
    },
    {
      name: 'vpn-group-members.png',
      bytes: screenshot(11),
      fields: {
        title: 'VPN group membership',
        source: 'Directory console',
        method: 'Screenshot at the administrator desk',
        sensitivity: 'personal-data',
        ...day(28),
      },
    },
    {
      name: 'ehr-access.log',
      bytes: text(accessLog()),
      fields: { title: 'EHR access log, one day', source: 'EHR audit module', method: 'Export', sensitivity: 'phi', ...day(25) },
    },
    {
      name: 'backup-restore-test.log',
      bytes: text(restoreLog()),
      fields: { title: 'Restore test of the EHR database', source: 'Backup console', method: 'Job log', ...day(35) },
    },
    {
      name: 'training-completions.csv',
      bytes: text(training()),
      fields: {
        title: 'Security training completions',
        source: 'Learning platform',
        method: 'Export',
        sensitivity: 'personal-data',
        ...day(45),
      },
    },
    {
      name: 'interview-it-operations.md',
      bytes: text(interview()),
      fields: { title: 'Interview with IT operations', source: 'Auditor', method: 'Notes, read back and confirmed', ...day(27) },
    },
    {
      name: 'firewall-policy.json',
      bytes: text(firewall()),
      fields: {
        title: 'Perimeter firewall policy',
        source: 'Firewall manager',
        method: 'Configuration export',
        sensitivity: 'secret',
        ...day(26),
      },
    },
    {
      name: 'badge-readers-eastside.png',
      bytes: screenshot(37),
      fields: { title: 'Badge readers at the Eastside site', source: 'Badge system', method: 'Screenshot', ...day(24) },
    },
    {
      name: 'lablink-agreement.pdf',
      bytes: await agreementPdf(fonts),
      fields: { title: 'Business associate agreement with LabLink', source: 'Legal', method: 'Copy of the signed original', ...day(50) },
    },
    {
      name: 'incident-2026-014.eml',
      bytes: text(incidentMail()),
      fields: { title: 'Incident report 2026-014', source: 'Ticket queue', method: 'E-mail export', ...day(33) },
    },
    {
      name: 'load-test-summary.json',
      bytes: text(loadTest()),
      fields: { title: 'Load test of the patient portal', source: 'Test pipeline', method: 'Artifact download', ...day(20) },
    },
  ];
}

async function makePdf(fonts: string, title: string, paragraphs: readonly string[]): Promise<Uint8Array> {
  const { default: PDFDocument } = await import('pdfkit');
  const font = readFont(fonts, '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-400-normal.woff');
  if (font === null) throw new Error('The delivered fonts are missing');
  // An empty font name keeps PDFKit from opening one of its own; the real one follows at once.
  const document = new PDFDocument({ size: 'A4', margin: 64, font: '', info: { Title: title } });
  document.font(font);
  const parts: Buffer[] = [];
  document.on('data', (part: Buffer) => parts.push(part));
  const done = new Promise<void>((resolve) => {
    document.on('end', resolve);
  });
  document.fontSize(20).text(title).moveDown();
  document.fontSize(11);
  for (const paragraph of paragraphs) document.text(paragraph, { lineGap: 3 }).moveDown(0.6);
  document.end();
  await done;
  return new Uint8Array(Buffer.concat(parts));
}

function policyPdf(fonts: string): Promise<Uint8Array> {
  return makePdf(fonts, 'Northgate Clinic: security policy manual', [
    'Version 4.2, approved by the board of the clinic. Owner: security officer. Next review within twelve months.',
    '1. Access. Every account belongs to one person. Access follows the role matrix in annex A and is reviewed every quarter by the head of each unit.',
    '2. Leaving. Accounts are closed within 24 hours after the last working day, in the directory, the EHR, e-mail, VPN and the badge system.',
    '3. Logging. The EHR records who opened which chart and when. Records are kept for six years and reviewed weekly by the privacy officer.',
    '4. Backup. The EHR database is copied every four hours, encrypted, to a second site. A restore is tested every quarter and signed.',
    '5. Incidents. Staff report within one hour by telephone 4-400. The incident team decides on notification within three days.',
  ]);
}

function agreementPdf(fonts: string): Promise<Uint8Array> {
  return makePdf(fonts, 'Agreement between Northgate Clinic and LabLink', [
    'LabLink receives laboratory orders and returns results that contain electronic protected health information.',
    'LabLink keeps the safeguards of the Security Rule, binds its subcontractors in writing, and reports incidents within five days.',
    'The addendum on return and destruction of data at the end of the contract is attached and not yet signed.',
  ]);
}

/** A picture with the look of a table on a screen; different for each seed. */
function screenshot(seed: number): Uint8Array {
  const width = 720;
  const height = 440;
  const data = new Uint8Array(width * height * 3).fill(250);
  const paint = (x0: number, y0: number, w: number, h: number, [r, g, b]: readonly [number, number, number]) => {
    for (let y = y0; y < Math.min(height, y0 + h); y += 1) {
      for (let x = x0; x < Math.min(width, x0 + w); x += 1) data.set([r, g, b], (y * width + x) * 3);
    }
  };
  paint(0, 0, width, 44, [28, 78, 90]);
  paint(20, 16, 180, 12, [220, 235, 236]);
  paint(0, 44, 150, height, [236, 238, 236]);
  for (let row = 0; row < 11; row += 1) {
    const y = 66 + row * 33;
    paint(18, y, 70 + ((row * seed) % 40), 8, [176, 182, 184]);
    paint(170, y + 22, width - 190, 1, [216, 218, 216]);
    paint(172, y, 90 + ((row * 7 * seed) % 90), 9, [86, 92, 98]);
    paint(390, y, 60 + ((row * 5 * seed) % 70), 9, [150, 156, 160]);
    paint(600, y - 3, 62, 15, (row * seed) % 4 === 0 ? [232, 180, 170] : [190, 220, 196]);
  }
  return encode({ width, height, data, channels: 3, depth: 8 });
}

const names = [
  'A. Brandt',
  'C. Diallo',
  'E. Fischer',
  'G. Haddad',
  'I. Jansen',
  'K. Lund',
  'M. Nakamura',
  'O. Petrov',
  'R. Silva',
  'T. Ueda',
];

function leavers(): string {
  const rows = Array.from({ length: 61 }, (_, index) => {
    const hours = [4, 17, 33].includes(index) ? 96 + index * 3 : 2 + ((index * 7) % 20);
    return `${1200 + index},${names[index % names.length]},${sampleDay(-120 + index)},${hours}`;
  });
  return ['employee,name,last_working_day,hours_until_closed', ...rows, ''].join('\n');
}

function riskRegister(): string {
  return [
    'id,asset,threat,likelihood,impact,owner,treatment',
    'R-01,EHR database,Ransomware,3,5,IT operations,Offline copies and restore tests',
    'R-02,VPN,Stolen credentials,4,4,IT operations,Second factor for all',
    'R-03,Laptops,Theft,3,3,Site leads,Disk encryption',
    'R-04,LabLink interface,Misrouted results,2,4,Laboratory,Acknowledged messages',
    '',
  ].join('\n');
}

function training(): string {
  const rows = Array.from(
    { length: 48 },
    (_, index) =>
      `${1100 + index},${names[(index * 3) % names.length]},Security basics 2026,${sampleDay(-200 + index)},${80 + ((index * 3) % 20)}`,
  );
  return ['employee,name,course,completed,score', ...rows, ''].join('\n');
}

function accessLog(): string {
  return Array.from({ length: 200 }, (_, index) => {
    const minute = String(index % 60).padStart(2, '0');
    const hour = String(7 + Math.floor(index / 20)).padStart(2, '0');
    return `${sampleDay(-25)}T${hour}:${minute}:00Z user=${names[index % names.length]?.replace('. ', '').toLowerCase()} chart=${40_000 + index * 17} action=${index % 9 === 0 ? 'update' : 'view'} workstation=WS-${10 + (index % 14)}`;
  }).join('\n');
}

function restoreLog(): string {
  return [
    'job restore-test-q3',
    'source ehr-primary, snapshot 04:00',
    'target isolated host rt-02',
    'restored 412.6 GB in 3 h 12 min',
    'row counts compared: 218 of 218 tables equal',
    'application login with test account: ok',
    'result: passed, signed by K. Lund',
    '',
  ].join('\n');
}

function interview(): string {
  return [
    '# Interview with IT operations',
    '',
    'Present: K. Lund (IT operations), M. Okafor (auditor)',
    '',
    '- Contractors are kept on a spreadsheet. HR does not see them.',
    '- VPN accounts of contractors are closed when somebody remembers to write a ticket.',
    '- The quarterly access review covers employees only.',
    '',
  ].join('\n');
}

function firewall(): string {
  return JSON.stringify(
    {
      device: 'fw-edge-01',
      exported: sampleDay(-26),
      defaultAction: 'deny',
      rules: [
        { id: 10, from: 'any', to: 'portal', port: 443, action: 'allow' },
        { id: 20, from: 'vpn-pool', to: 'ehr-app', port: 443, action: 'allow' },
        { id: 30, from: 'lablink', to: 'interface', port: 6661, action: 'allow' },
      ],
    },
    null,
    2,
  );
}

function incidentMail(): string {
  return [
    'From: K. Lund <k.lund@northgate.example>',
    'To: Privacy office <privacy@northgate.example>',
    'Subject: Incident 2026-014: misdirected fax',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    '',
    'One referral letter went to a wrong number at 10:40. The recipient confirmed destruction at 11:15.',
    'Risk assessment: low. Recorded in the incident log.',
    '',
  ].join('\r\n');
}

function loadTest(): string {
  return JSON.stringify(
    {
      target: 'patient portal',
      virtualUsers: 400,
      minutes: 30,
      requests: 612_480,
      responseMs: { p50: 61, p95: 142, p99: 188 },
      errorRate: 0.0004,
    },
    null,
    2,
  );
}
