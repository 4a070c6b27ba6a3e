import { createHash } from 'node:crypto';
import { closeSync, fdatasyncSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from '../../electron/vault/db/sql.ts';
import { change } from '../../electron/vault/session.ts';
import { appendTrail, verifyTrail } from '../../electron/vault/trail.ts';
import { sizeName, writeRandom } from './files.ts';
import type { BenchOptions } from './main.ts';
import { judge, median, percentile, type Row, rounded } from './rows.ts';
import { type BenchVault, benchVault } from './vault.ts';

const saves = 300;
const trailEvents = 50_000;

/** Saving an answer and verifying the trail, beside what the machine itself does. */
export async function vaultRows(work: string, options: BenchOptions): Promise<Row[]> {
  const vault = await benchVault(join(work, 'vault'));
  try {
    return [await savingRow(vault, work), await savingWhileSealing(vault, work, options), await trailRow(vault, options)];
  } finally {
    vault.close();
  }
}

/** Each save is followed by one flush of 4 KiB, so that both meet the same minute. */
async function savingRow(vault: BenchVault, work: string): Promise<Row> {
  const { auditId } = vault;
  const { controls } = await vault.call('audits.controls', { auditId });
  const page = Buffer.alloc(4096, 'x');
  const file = openSync(join(work, 'page'), 'w');
  const ours: number[] = [];
  const limit: number[] = [];
  for (let index = 0; index < saves; index += 1) {
    const control = controls[index % controls.length];
    if (control === undefined) throw new Error('There is no control');
    const { packId, controlId } = control;
    let started = performance.now();
    await vault.call('answers.save', { auditId, packId, controlId, patch: { rationale: `Round ${index}` } });
    ours.push(performance.now() - started);
    started = performance.now();
    writeSync(file, page, 0, page.length, index * page.length);
    fdatasyncSync(file);
    limit.push(performance.now() - started);
  }
  closeSync(file);
  return judge({
    row: 'saving an answer, 99th percentile, against one flush of 4 KiB',
    unit: 'ms',
    ours: rounded(percentile(ours, 0.99)),
    limit: rounded(median(limit)),
    peers: {},
    required: { limit: 5 },
    lessIsBetter: true,
  });
}

/** Saves one answer after the other for as long as a large file is being attached. */
async function savingWhileSealing(vault: BenchVault, work: string, { mebibytes }: BenchOptions): Promise<Row> {
  const source = join(work, 'large.bin');
  await writeRandom(source, mebibytes);
  const { auditId } = vault;
  const { controls } = await vault.call('audits.controls', { auditId });
  let sealing = true;
  const sealed = vault.attach([source]).finally(() => {
    sealing = false;
  });
  const taken: number[] = [];
  for (let index = 0; sealing; index += 1) {
    const control = controls[index % controls.length];
    if (control === undefined) throw new Error('There is no control');
    const { packId, controlId } = control;
    const started = performance.now();
    await vault.call('answers.save', { auditId, packId, controlId, patch: { rationale: `While sealing ${index}` } });
    taken.push(performance.now() - started);
    // An auditor pauses between two answers; so does this, or nothing else would run.
    await pause(5);
  }
  await sealed;
  rmSync(source);
  return judge({
    row: `saving an answer while ${sizeName(mebibytes)} is sealed, 99th percentile of ${taken.length}`,
    unit: 'ms',
    ours: rounded(percentile(taken, 0.99)),
    limit: 200,
    peers: {},
    required: { limit: 1 },
    lessIsBetter: true,
  });
}

async function trailRow({ process: { session }, auditId }: BenchVault, { repetitions }: BenchOptions): Promise<Row> {
  if (session === null) throw new Error('No vault is open');
  change(session, (tx) => {
    for (let index = 0; index < trailEvents; index += 1)
      appendTrail(tx, { action: 'evidence.viewed', subjectKind: 'evidence', subjectId: auditId, auditId, detail: 'bench' });
  });
  const bytes = Buffer.from(JSON.stringify(session.records.all(sql`SELECT * FROM trail`)));
  const ours: number[] = [];
  const limit: number[] = [];
  for (let repetition = 0; repetition < repetitions; repetition += 1) {
    let started = performance.now();
    const { ok } = await verifyTrail(session.records, session.keys.trail, async () => {});
    if (!ok) throw new Error('The trail does not verify');
    ours.push(performance.now() - started);
    started = performance.now();
    createHash('sha256').update(bytes).digest();
    limit.push(performance.now() - started);
  }
  const rate = (milliseconds: number[]) => rounded(bytes.length / 1024 / 1024 / (median(milliseconds) / 1000));
  return judge({
    row: `verifying a trail of ${trailEvents.toLocaleString('en')} events, against SHA-256 of the same bytes`,
    unit: 'MiB/s',
    ours: rate(ours),
    limit: rate(limit),
    peers: {},
    required: { limit: 0.5 },
  });
}
