import { parseArgs } from 'node:util';
import { counted } from '../../shared/domain/count.ts';
import { evidenceLabel } from '../../shared/domain/evidence.ts';
import type { PersonId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import type { DamagedObject } from '../../shared/ipc/upkeep.ts';
import type { VaultCheck } from '../../shared/ipc/vault.ts';
import { backupVault, restoreVault } from '../vault/backup.ts';
import type { Assets, LongWork } from '../vault/context.ts';
import { schemaVersion } from '../vault/db/migrate.ts';
import { sql } from '../vault/db/sql.ts';
import { readHeader } from '../vault/header.ts';
import { changeVaultKey } from '../vault/key-change.ts';
import type { Session } from '../vault/session.ts';
import { trailHead } from '../vault/trail.ts';
import { compactVault } from '../vault/upkeep.ts';
import { describeClosed } from '../vault/vault.ts';
import { checkVault } from '../vault/vault-check.ts';
import { closeVault, unlockWithPassphrase } from '../vault/vault-file.ts';
import { type CommandIo, type ExitCode, printable, printJson, readPassphrase, UsageError } from './io.ts';

const damage = new Set(['vault.damaged', 'vault.evidence-damaged', 'vault.incomplete', 'vault.header-damaged']);

/** `sealbook vault check DIR | info DIR | backup DIR FILE | restore FILE DIR | compact DIR | rekey DIR`, with `--passphrase-stdin` and `--person`. */
export async function runVault(args: readonly string[], io: CommandIo, assets: Assets): Promise<ExitCode> {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      'passphrase-stdin': { type: 'boolean' },
      person: { type: 'string' },
      remove: { type: 'string', multiple: true },
    },
  });
  const [action, first, second, ...others] = positionals;
  const options: Options = {
    json: values.json === true,
    person: values.person ?? null,
    passphrase: values['passphrase-stdin'] === true ? await readPassphrase(io) : null,
    assets,
  };
  // A second vault would not be looked at, and its owner would take "clean" for both.
  if (first !== undefined && second === undefined) {
    if (action === 'info') return info(first, io, options);
    if (action === 'check') return check(first, io, options);
    if (action === 'compact') return compact(first, io, options);
    if (action === 'rekey') return rekey(first, values.remove ?? [], io, options);
  }
  if (first !== undefined && second !== undefined && others.length === 0) {
    if (action === 'backup') return backup(first, second, io, options);
    if (action === 'restore') return restore(first, second, io, options);
  }
  throw new UsageError('vault knows: check DIR, info DIR, backup DIR FILE, restore FILE DIR, compact DIR, rekey DIR');
}

interface Options {
  readonly json: boolean;
  readonly person: string | null;
  readonly passphrase: string | null;
  readonly assets: Assets;
}

/** Long work that nobody watches or stops; an interrupt ends the process. */
function longWork({ assets }: Options): LongWork {
  return { workerPath: assets.databaseWorker, signal: new AbortController().signal, report: () => {} };
}

async function withVault<T>(
  folder: string,
  options: Options,
  work: (session: Session) => T | Promise<T>,
  mode: 'open' | 'read' = 'read',
): Promise<T> {
  readHeader(folder);
  if (options.passphrase === null) throw new UsageError('Give the passphrase on standard input with --passphrase-stdin.');
  const session = await unlockWithPassphrase(folder, options.passphrase, options.person, mode);
  try {
    return await work(session);
  } finally {
    closeVault(session);
  }
}

/** What the header tells without a passphrase; with one also the counts. */
async function info(folder: string, io: CommandIo, options: Options): Promise<ExitCode> {
  const header = readHeader(folder);
  const closed = describeClosed(folder, header);
  const inside =
    options.passphrase === null
      ? null
      : await withVault(folder, options, (session) => ({
          schema: schemaVersion(session.records),
          audits: session.records.all(sql`SELECT id, title, organisation, state, revision FROM audit ORDER BY created_at`),
          evidence: Number(session.records.get<{ total: number }>(sql`SELECT count(*) AS total FROM evidence`)?.total),
          trailHead: trailHead(session.records),
        }));
  const result = {
    id: closed.id,
    name: closed.name,
    format: header.format,
    createdAt: header.createdAt,
    people: closed.people.map(({ id, name, failedAttempts }) => ({ id, name, failedAttempts })),
    ...(inside ?? {}),
  };
  if (options.json) printJson(io, result);
  else {
    io.stdout(
      `${printable(result.name)}  ${result.id}\ncreated  ${printable(result.createdAt)}\npeople   ${printable(result.people.map((person) => person.name).join(', '))}\n`,
    );
    if (inside !== null)
      io.stdout(
        `schema   ${inside.schema}\naudits   ${inside.audits.length}\nevidence ${inside.evidence}\ntrail    ${inside.trailHead.sequence} ${inside.trailHead.hash}\n`,
      );
  }
  return 0;
}

async function check(folder: string, io: CommandIo, options: Options): Promise<ExitCode> {
  const result = await checkOrDamage(folder, options);
  if (options.json) printJson(io, result);
  else {
    for (const { code, message, where, affected } of result.problems)
      io.stdout(`${printable([code, message, where, affected === undefined ? '' : inWords(affected)].filter(Boolean).join('  '))}\n`);
    io.stdout(`${result.ok ? 'clean' : problemCount(result)}: ${lookedAt(result)}\n`);
  }
  return result.ok ? 0 : 1;
}

function problemCount({ problems }: VaultCheck): string {
  return counted(problems.length, 'problem');
}

/** `204 pages, 1 object, 1 chunk, 310 links of the trail, 96 records`. */
function lookedAt({ counts: { pages, objects, chunks, trail, records } }: VaultCheck): string {
  return [
    counted(pages, 'page'),
    counted(objects, 'object'),
    counted(chunks, 'chunk'),
    counted(trail, 'link of the trail', 'links of the trail'),
    counted(records, 'record'),
  ].join(', ');
}

/** `E-007 in HIPAA 2026; report SB-2026-0001`. */
function inWords({ audits, reports }: DamagedObject): string {
  const pieces = audits.map(({ title, pieces }) => `${pieces.map(({ number }) => evidenceLabel(number)).join(', ')} in ${title}`);
  return [...pieces, ...reports.map((number) => `report ${number}`)].join('; ');
}

/** Damage that keeps the vault from opening is a result of the check, not a failure to check. */
async function checkOrDamage(folder: string, options: Options): Promise<VaultCheck> {
  try {
    return await withVault(folder, options, (session) => checkVault(session, longWork(options)));
  } catch (error) {
    if (!(error instanceof ExpectedError) || !damage.has(error.code)) throw error;
    const where = String(
      error.data.file ??
        (error.code === 'vault.evidence-damaged' ? 'evidence.db' : error.code === 'vault.header-damaged' ? 'vault.json' : 'vault.db'),
    );
    return {
      ok: false,
      problems: [{ code: error.code, message: `${error.message} ${error.hint}`, where }],
      counts: { pages: 0, objects: 0, chunks: 0, trail: 0, records: 0 },
    };
  }
}

async function backup(folder: string, file: string, io: CommandIo, options: Options): Promise<ExitCode> {
  const result = await withVault(folder, options, (session) => backupVault(session, file));
  if (options.json) printJson(io, result);
  else io.stdout(`${result.file}  ${counted(result.size, 'byte')}  SHA-256 ${result.sha256}\n`);
  return 0;
}

async function compact(folder: string, io: CommandIo, options: Options): Promise<ExitCode> {
  const result = await withVault(folder, options, (session) => compactVault(session, new AbortController().signal, () => {}), 'open');
  if (options.json) printJson(io, result);
  else io.stdout(`${folder}  ${counted(result.givenBack, 'byte')} given back\n`);
  return 0;
}

async function rekey(folder: string, names: readonly string[], io: CommandIo, options: Options): Promise<ExitCode> {
  const { slots } = readHeader(folder);
  const remove = new Set<PersonId>();
  for (const name of names) {
    const slot = slots.find(({ personName }) => personName === name);
    if (slot === undefined) throw new ExpectedError('person.unknown', 'Give the name as the unlock screen shows it.');
    remove.add(slot.personId);
  }
  const work = (session: Session) => changeVaultKey(session, [...remove], longWork(options));
  const state = await withVault(folder, options, work, 'open');
  if (options.json) printJson(io, state);
  else io.stdout(`${folder}  key ${state.generation}${names.length > 0 ? `, without ${names.join(', ')}` : ''}\n`);
  return 0;
}

async function restore(file: string, folder: string, io: CommandIo, options: Options): Promise<ExitCode> {
  await restoreVault(file, folder);
  const checked = options.passphrase === null ? null : await checkOrDamage(folder, options);
  if (options.json) printJson(io, { vault: folder, check: checked });
  else
    io.stdout(
      `${folder}  ${checked === null ? 'restored; every file has its recorded SHA-256' : checked.ok ? 'restored and checked' : `restored with ${problemCount(checked)}`}\n`,
    );
  return checked === null || checked.ok ? 0 : 1;
}
