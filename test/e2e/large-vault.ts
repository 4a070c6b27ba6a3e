import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { VaultProcess } from '../../electron/vault/context.ts';
import { sql } from '../../electron/vault/db/sql.ts';
import { dispatch } from '../../electron/vault/dispatch.ts';
import { noReader } from '../../electron/vault/reader/queue.ts';
import { closeVault } from '../../electron/vault/vault-file.ts';
import type { Pack } from '../../shared/domain/control.ts';
import type { AuditId } from '../../shared/domain/ids.ts';
import type { MethodName, Payload, Result } from '../../shared/ipc/contract.ts';

export interface LargeVault {
  /** The parent folder; NAME.sealbook is made in it. */
  readonly folder: string;
  readonly name: string;
  readonly person: { readonly name: string; readonly email: string };
  readonly passphrase: string;
  readonly title: string;
  /** At least so many controls; whole checklists are added until there are. */
  readonly controls: number;
  readonly evidence: number;
}

/**
 * Builds a vault with one large audit: checklists generated from a shipped one, an answer for every control, and evidence
 * records that are copies of one attached file (each with an object of its own, without sealed content), five to a control.
 */
export async function buildLargeVault(options: LargeVault): Promise<{ vault: string; controls: number }> {
  const checklists = join(options.folder, 'checklists');
  const packIds = writeChecklists(checklists, options.controls);
  const vault: VaultProcess = {
    session: null,
    assets: { checklists, fonts: '', reportWorker: '', evidenceWorker: '', databaseWorker: '', reader: '' },
    kdf: { name: 'argon2id', memoryKiB: 64, iterations: 1, parallelism: 1 },
    files: new Map(),
    uploads: new Map(),
    reader: noReader,
    emit: () => {},
  };
  const call = <Name extends MethodName>(name: Name, payload: Payload<Name>): Promise<Result<Name>> =>
    dispatch({ process: vault, signal: new AbortController().signal, progress: () => {} }, name, payload) as Promise<Result<Name>>;
  const hand = (path: string, purpose: 'read' | 'new-vault') => {
    const token = randomUUID();
    vault.files.set(token, { path, purpose });
    return token;
  };
  const path = join(options.folder, `${options.name}.sealbook`);
  try {
    const { name, person, passphrase, title } = options;
    await call('vault.create', { token: hand(path, 'new-vault'), name, person, passphrase });
    const { id: auditId } = await call('audits.create', {
      title,
      organisation: 'Large organisation',
      periodFrom: '2026-01-01',
      periodTo: '2026-12-31',
      packIds,
    });
    const { controls } = await call('audits.controls', { auditId });
    const file = join(options.folder, 'evidence.txt');
    writeFileSync(file, 'One piece of evidence');
    await call('evidence.attachPicked', { auditId, tokens: [hand(file, 'read')], controls: [] });
    copyEvidence(vault, auditId, options.evidence);
    return { vault: path, controls: controls.length };
  } finally {
    if (vault.session !== null) closeVault(vault.session);
  }
}

/** Writes the shipped checklist under other ids until there are enough controls. Returns the ids. */
function writeChecklists(folder: string, wanted: number): string[] {
  const source = readFileSync(join(import.meta.dirname, '../../dist/checklists/hipaa-security.json'), 'utf8');
  const pack = JSON.parse(source) as Pack;
  const controls = pack.sections.reduce((sum, section) => sum + section.controls.length, 0);
  mkdirSync(folder);
  return Array.from({ length: Math.ceil(wanted / controls) }, (_, index) => {
    const id = `generated-${index + 1}`;
    const hash = createHash('sha256').update(`${id} ${source}`).digest('hex');
    writeFileSync(join(folder, `${id}.json`), JSON.stringify({ ...pack, id, title: `${pack.title} ${index + 1}`, hash }));
    return id;
  });
}

/** Copies the only piece of evidence so many times, each linked to one answered control, and gives every control an answer. */
function copyEvidence({ session }: VaultProcess, auditId: AuditId, count: number): void {
  if (session === null) throw new Error('The vault is not open');
  session.records.write((tx) => {
    const numbers = sql`WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`;
    tx.run(sql`${numbers} INSERT INTO evidence_object (id, sha256, size, chunks, wrapped_key, created_at)
      SELECT 'object-' || i, printf('%064x', i), size, chunks, wrapped_key, created_at FROM n, (SELECT * FROM evidence_object LIMIT 1)`);
    tx.run(sql`${numbers} INSERT INTO evidence (id, audit_id, number, object_id, title, description, original_name, media_type, source,
        collector, method, effective_from, effective_to, sensitivity, received_at, received_by)
      SELECT printf('00000000-0000-4000-8000-%012d', i), audit_id, i, 'object-' || i, 'Evidence ' || i, description, 'evidence-' || i || '.txt',
        media_type, source, collector, method, effective_from, effective_to, sensitivity, received_at, received_by
      FROM n, (SELECT * FROM evidence WHERE audit_id = ${auditId} LIMIT 1)`);
    tx.run(sql`INSERT INTO link (id, audit_id, kind, from_id, pack_id, control_id, to_id, removed)
      SELECT 'link-' || evidence.number, ${auditId}, 'evidence-control', evidence.id, answer.pack_id, answer.control_id, '', 0
      FROM evidence JOIN answer ON answer.audit_id = evidence.audit_id
        AND answer.position = evidence.number % (SELECT count(*) FROM answer WHERE audit_id = ${auditId}) WHERE evidence.audit_id = ${auditId}
          AND evidence.number % 10 <> 0`);
    // There is no content to read.
    tx.run(sql`UPDATE evidence_index SET state = 'none'`);
    tx.run(sql`UPDATE answer SET verdict = CASE position % 4 WHEN 0 THEN 'partially-compliant' ELSE 'compliant' END,
      rationale = 'Seen in the records of the period, with the owner.' WHERE audit_id = ${auditId}`);
  });
}
