import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { sql } from '../../electron/vault/db/sql.ts';
import type { AuditId } from '../../shared/domain/ids.ts';
import { bundleWorker } from './bundle-worker.ts';
import { type Driver, drive, secret, unlock } from './driver.ts';

/** What is killed in the middle of its work. */
export const operations = ['ingest', 'delete', 'compact', 'rekey'] as const;
export type Operation = (typeof operations)[number];

/** What the worker prints: the beginning of an operation, and everything that was acknowledged. */
export type Line =
  | { kind: 'begin'; operation: Operation; id: string }
  | { kind: 'answer'; packId: string; controlId: string; rationale: string }
  | { kind: 'evidence'; id: string; sha256: string }
  | { kind: 'destroyed'; id: string }
  | { kind: 'compacted' }
  | { kind: 'key'; generation: number };

/** What a run counted. */
export interface Tally {
  readonly kills: Record<Operation, { total: number; inside: number }>;
  readonly acknowledged: { answers: number; files: number; destroyed: number; compactions: number; keyChanges: number };
  /** Unfinished objects that an open removed, as it should. */
  collected: number;
  /** Files of unfinished changes of the key that an open found. */
  unfinishedKeys: number;
  /** Each must stay empty. */
  readonly lost: string[];
  readonly orphans: string[];
  readonly problems: string[];
}

/** A vault to work on and kill over. */
export interface Ground {
  readonly tally: Tally;
  killOnce(operation: Operation): Promise<void>;
  remove(): void;
}

/** Milliseconds after its beginning within which an operation is killed; about as long as each takes on an idle machine. */
const longest: Record<Operation, number> = { ingest: 80, delete: 30, compact: 50, rekey: 250 };

/** Makes a vault to work on. */
export async function prepareGround(root: string): Promise<Ground> {
  const worker = await bundleWorker(root);
  const base = mkdtempSync(join(tmpdir(), 'sealbook-kills-'));
  const folder = join(base, 'Kills.sealbook');
  const auditId = await createVault(drive(root), folder);
  const tally: Tally = {
    kills: { ingest: none(), delete: none(), compact: none(), rekey: none() },
    acknowledged: { answers: 0, files: 0, destroyed: 0, compactions: 0, keyChanges: 0 },
    collected: 0,
    unfinishedKeys: 0,
    lost: [],
    orphans: [],
    problems: [],
  };
  const expected: Expected = { answers: new Map(), evidence: new Map(), destroyed: new Set(), unsure: new Set(), generation: 1 };
  return {
    tally,
    async killOnce(operation) {
      const files = join(base, 'files');
      mkdirSync(files, { recursive: true });
      const lines = await workUntilKilled([worker, root, folder, files, operation], operation);
      rmSync(files, { recursive: true, force: true });
      const inside = remember(lines, expected, tally);
      tally.kills[operation].total += 1;
      if (inside === operation) tally.kills[operation].inside += 1;
      tally.unfinishedKeys += readdirSync(folder).filter((file) => file.includes('.next-')).length;
      await compare(drive(root), folder, auditId, expected, tally);
    },
    remove: () => rmSync(base, { recursive: true, force: true }),
  };
}

interface Expected {
  /** All rationales acknowledged, by checklist and control. */
  readonly answers: Map<string, string[]>;
  readonly evidence: Map<string, string>;
  readonly destroyed: Set<string>;
  /** Begun to be destroyed but not acknowledged: may be there or not. */
  readonly unsure: Set<string>;
  generation: number;
}

const none = () => ({ total: 0, inside: 0 });

async function createVault(driver: Driver, folder: string): Promise<AuditId> {
  const person = { name: 'Ada Lindqvist', email: 'ada@example.org' };
  await driver.call('vault.create', { token: driver.hand(folder, 'new-vault'), name: 'Kills', person, passphrase: secret });
  const fields = { title: 'A', organisation: 'O', periodFrom: '', periodTo: '', packIds: ['production-readiness'] };
  const { id } = await driver.call('audits.create', fields);
  driver.close();
  return id;
}

/** Starts the worker, kills it a random time after the operation began, and gives what it printed. */
async function workUntilKilled(command: readonly string[], operation: Operation): Promise<Line[]> {
  const child: ChildProcess = spawn(process.execPath, command, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_COMPILE_CACHE: join(dirname(command[0] ?? ''), 'compiled') },
  });
  const ended = once(child, 'exit');
  const printed: Line[] = [];
  if (child.stdout === null) throw new Error('No output');
  const reader = createInterface({ input: child.stdout });
  let killing = false;
  // The first operations of a process are slower than later ones; some kills wait for a later one.
  let wait = Math.floor(Math.random() * 2);
  reader.on('line', (text) => {
    const line = JSON.parse(text) as Line;
    printed.push(line);
    if (killing || line.kind !== 'begin' || line.operation !== operation) return;
    if (wait > 0) {
      wait -= 1;
      return;
    }
    killing = true;
    setTimeout(() => child.kill('SIGKILL'), Math.random() * longest[operation]);
  });
  const closed = once(reader, 'close');
  const [code, signal] = await ended;
  await closed;
  if (signal !== 'SIGKILL') throw new Error(`The worker ended by itself: ${code}`);
  return printed;
}

/** Takes note of what was acknowledged; returns the operation that the kill interrupted, if any. */
function remember(lines: readonly Line[], expected: Expected, tally: Tally): Operation | null {
  let inside: Operation | null = null;
  for (const line of lines) {
    if (line.kind === 'begin') {
      inside = line.operation;
      if (line.operation === 'delete') expected.unsure.add(line.id);
      continue;
    }
    if (line.kind === 'answer') {
      const key = `${line.packId} ${line.controlId}`;
      expected.answers.set(key, [...(expected.answers.get(key) ?? []), line.rationale]);
      tally.acknowledged.answers += 1;
      continue;
    }
    inside = null;
    if (line.kind === 'evidence') {
      expected.evidence.set(line.id, line.sha256);
      tally.acknowledged.files += 1;
    } else if (line.kind === 'destroyed') {
      expected.unsure.delete(line.id);
      expected.evidence.delete(line.id);
      expected.destroyed.add(line.id);
      tally.acknowledged.destroyed += 1;
    } else if (line.kind === 'compacted') tally.acknowledged.compactions += 1;
    else {
      expected.generation = line.generation;
      tally.acknowledged.keyChanges += 1;
    }
  }
  return inside;
}

/** Opens the vault as the next program would, and compares it with what was acknowledged. */
async function compare(driver: Driver, folder: string, auditId: AuditId, expected: Expected, tally: Tally): Promise<void> {
  await unlock(driver, folder);
  const { session } = driver.process;
  if (session === null) throw new Error('No vault is open');
  tally.collected += session.recovered.orphanChunks;
  const saved = new Set(
    session.records
      .all<{ after: string }>(sql`SELECT after FROM change WHERE entity = 'answer' AND field = 'rationale'`)
      .map(({ after }) => after.replaceAll('"', '')),
  );
  for (const rationale of [...expected.answers.values()].flat()) if (!saved.has(rationale)) tally.lost.push(`answer ${rationale}`);
  const listed = new Map((await driver.call('evidence.list', { auditId })).map(({ id, sha256 }) => [id as string, sha256]));
  for (const id of expected.unsure) {
    if (!listed.has(id)) expected.evidence.delete(id);
    expected.unsure.delete(id);
  }
  for (const [id, sha256] of expected.evidence) if (listed.get(id) !== sha256) tally.lost.push(`evidence ${id}`);
  for (const id of expected.destroyed) if (listed.has(id)) tally.lost.push(`destruction of ${id}`);
  // The last one may have been durable when the kill came before its acknowledgement.
  if (session.state.keyGeneration < expected.generation) tally.lost.push(`key ${expected.generation}`);
  expected.generation = session.state.keyGeneration;
  for (const [id, sha256] of listed) expected.evidence.set(id, sha256);
  const check = await driver.call('vault.check', undefined);
  for (const { code, message, where } of check.problems) tally.problems.push(`${code} ${message} ${where}`);
  const objects = Number(session.chunks.get<{ total: number }>(sql`SELECT count(*) AS total FROM object`)?.total);
  if (objects !== check.counts.objects) tally.orphans.push(`${objects - check.counts.objects} objects`);
  const leftovers = readdirSync(folder).filter((file) => file.includes('.next') || file.endsWith('.part'));
  tally.orphans.push(...leftovers);
  driver.close();
}
