import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AuditId, type ControlReference, controlKey, type PersonId, type ReportId } from '../../shared/domain/ids.ts';
import type { MethodName, Payload, Result } from '../../shared/ipc/contract.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import type { Assets, VaultProcess } from './context.ts';
import { defaultKdf, type KdfParameters } from './crypto/kdf.ts';
import { dispatch } from './dispatch.ts';
import { headerFile } from './header.ts';
import { noReader } from './reader/queue.ts';
import { sampleEvidence } from './sample-evidence.ts';
import { sampleRequests } from './sample-requests.ts';
import { answerFor, type SampleStage, sampleAudit, sampleFindings, samplePeople, sampleTasks } from './sample-story.ts';
import { closeVault } from './vault-file.ts';

/**
 * The sample vault: a fictional clinic's audit, built through the same calls that the window makes, so that it shows
 * what the product does and cannot drift away from it.
 */
export const samplePassphrase = 'sample harbor lantern ledger';

export interface SampleResult {
  readonly vault: string;
  readonly auditId: AuditId;
  readonly reportId: ReportId;
  readonly people: readonly { readonly id: PersonId; readonly name: string; readonly email: string; readonly role: string }[];
  readonly counts: { readonly controls: number; readonly answers: number; readonly evidence: number; readonly findings: number };
}

interface SampleOptions {
  readonly assets: Assets;
  readonly folder: string;
  /** `finished` answers everything and signs as final; `fieldwork` leaves work to do and signs a draft. */
  readonly stage: SampleStage;
  /** Where the signed report is written, or null to keep it in the vault only. */
  readonly reportPath: string | null;
  readonly kdf?: KdfParameters;
}

/** Builds the sample vault. Errors: `vault.exists`, `disk.full`, `file.not-written`. */
export async function buildSample(options: SampleOptions): Promise<SampleResult> {
  const vault: VaultProcess = {
    session: null,
    assets: options.assets,
    kdf: options.kdf ?? defaultKdf,
    files: new Map(),
    uploads: new Map(),
    reader: noReader,
    emit: () => {},
  };
  const call = <Name extends MethodName>(name: Name, payload: Payload<Name>): Promise<Result<Name>> =>
    dispatch({ process: vault, signal: new AbortController().signal, progress: () => {} }, name, payload) as Promise<Result<Name>>;
  try {
    return await tellStory(vault, call, options);
  } finally {
    if (vault.session !== null) closeVault(vault.session);
  }
}

type Call = <Name extends MethodName>(name: Name, payload: Payload<Name>) => Promise<Result<Name>>;

async function tellStory(vault: VaultProcess, call: Call, { folder, stage, reportPath, assets }: SampleOptions): Promise<SampleResult> {
  const hand = (path: string, purpose: 'read' | 'write' | 'new-vault') => {
    const token = randomUUID();
    vault.files.set(token, { path, purpose });
    return token;
  };
  const [lead, second] = samplePeople;
  await call('vault.create', {
    token: hand(folder, 'new-vault'),
    name: 'Sample',
    person: { name: lead.name, email: lead.email },
    passphrase: samplePassphrase,
  });
  await call('people.add', { ...second, passphrase: samplePassphrase });
  const people = await call('people.list', undefined);
  const audit = await call('audits.create', {
    ...sampleAudit(stage),
    packIds: ['hipaa-security', 'production-readiness'],
    team: people.map((person) => person.id),
  });
  const auditId = audit.id;
  const { controls } = await call('audits.controls', { auditId });

  let answers = 0;
  const wanted = new Map<string, ControlReference[]>();
  for (const [index, row] of controls.entries()) {
    const { control } = await call('answers.get', { auditId, packId: row.packId, controlId: row.controlId });
    const answer = answerFor(control, row.sectionId, index, controls.length, stage);
    if (answer === null) continue;
    await call('answers.save', {
      auditId,
      packId: row.packId,
      controlId: row.controlId,
      patch: answer.patch as Payload<'answers.save'>['patch'],
    });
    for (const file of answer.evidence) wanted.set(file, [...(wanted.get(file) ?? []), { packId: row.packId, controlId: row.controlId }]);
    answers += 1;
  }
  await attachFiles(call, hand, auditId, wanted, assets);
  await writeFindings(call, auditId, new Set(controls.map((row) => controlKey(row))));
  await writeRequests(call, auditId, new Set(controls.map((row) => controlKey(row))), stage);
  const report = await call('reports.sign', { auditId, options: { paper: 'a4', final: stage === 'finished' } });
  if (reportPath !== null) await call('reports.export', { reportId: report.id, token: hand(reportPath, 'write') });
  const evidence = await call('evidence.list', { auditId });
  const findings = await call('findings.list', { auditId });
  return {
    vault: folder,
    auditId,
    reportId: report.id,
    people: people.map(({ id, name, email, role }) => ({ id, name, email, role })),
    counts: { controls: controls.length, answers, evidence: evidence.length, findings: findings.length },
  };
}

/** Writes the sample files to a private temporary folder, attaches them like picked files, removes them. */
async function attachFiles(
  call: Call,
  hand: (path: string, purpose: 'read') => string,
  auditId: AuditId,
  wanted: ReadonlyMap<string, ControlReference[]>,
  assets: Assets,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sealbook-sample-'));
  try {
    for (const file of await sampleEvidence(assets.fonts)) {
      const path = join(folder, file.name);
      writeFileSync(path, file.bytes, { mode: 0o600 });
      const [result] = await call('evidence.attachPicked', {
        auditId,
        tokens: [hand(path, 'read')],
        controls: wanted.get(file.name) ?? [],
      });
      const evidenceId = result?.evidence?.id;
      if (evidenceId === undefined) throw new ExpectedError('evidence.unreadable', 'The temporary folder could not be used.');
      await call('evidence.update', { evidenceId, patch: file.fields });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function writeFindings(call: Call, auditId: AuditId, known: ReadonlySet<string>): Promise<void> {
  const evidence = await call('evidence.list', { auditId });
  for (const { fields, controls, files, task } of sampleFindings()) {
    const finding = await call('findings.create', {
      auditId,
      fields,
      controls: controls.filter((control) => known.has(controlKey(control))),
      evidence: evidence.filter((item) => files.includes(item.originalName)).map((item) => item.id),
    });
    for (const fieldsOfTask of task) await call('plan.create', { auditId, fields: { ...fieldsOfTask, findingId: finding.id } });
  }
  for (const fields of sampleTasks()) await call('plan.create', { auditId, fields });
}

async function writeRequests(call: Call, auditId: AuditId, known: ReadonlySet<string>, stage: SampleOptions['stage']): Promise<void> {
  const evidence = await call('evidence.list', { auditId });
  for (const { fields, controls, files } of sampleRequests(stage)) {
    await call('requests.create', {
      auditId,
      fields,
      controls: controls.filter((control) => known.has(controlKey(control))),
      evidence: evidence.filter((item) => files.includes(item.originalName)).map((item) => item.id),
    });
  }
}

/**
 * For the window: the sample in the middle of its fieldwork. Built once; a sample that is there is opened as it is. It
 * gets its name only when it is whole, so an interrupted build leaves nothing that looks like a vault.
 */
export async function buildSampleVault(assets: Assets, folder: string, kdf: KdfParameters = defaultKdf): Promise<string> {
  if (existsSync(join(folder, headerFile))) return samplePassphrase;
  const unfinished = `${folder}.part`;
  rmSync(unfinished, { recursive: true, force: true });
  await buildSample({ assets, folder: unfinished, stage: 'fieldwork', reportPath: null, kdf });
  renameSync(unfinished, folder);
  return samplePassphrase;
}

/** For a release: the whole way from a new vault to a signed report in a folder. Returns the report's path. */
export async function runSmokeTest(assets: Assets, directory: string): Promise<string> {
  mkdirSync(directory, { recursive: true });
  const report = join(directory, 'report.pdf');
  await buildSample({ assets, folder: join(directory, 'Sample.sealbook'), stage: 'finished', reportPath: report });
  return report;
}
