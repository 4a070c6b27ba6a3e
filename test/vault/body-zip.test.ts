import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { choosePieces } from '../../electron/vault/body/choice.ts';
import { placeEvidence } from '../../electron/vault/body/layout.ts';
import { openZipSink } from '../../electron/vault/body/zip-sink.ts';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { AuditId, EvidenceId } from '../../shared/domain/ids.ts';
import type { Payload } from '../../shared/ipc/contract.ts';
import { bodyOptions } from '../../shared/ipc/evidence.ts';
import { zerosArchive } from '../fixtures/zeros-archive.ts';
import { attach, codeOf, newAudit, riskAnalysis, type TestVault, temporaryFolder, terminations } from './fixture.ts';
import { errorOf, sessionOf, tamper } from './helpers.ts';

type Options = Partial<Omit<Payload<'evidence.exportBody'>, 'auditId' | 'token' | 'reason'>>;

const exportBody = (vault: TestVault, auditId: AuditId, path: string, options: Options = { form: 'zip' }, signal?: AbortSignal) =>
  vault.call('evidence.exportBody', { auditId, token: vault.hand(path, 'write'), reason: 'Asked for by counsel', ...options }, signal);
const importBody = (vault: TestVault, auditId: AuditId, path: string) =>
  vault.call('evidence.importBody', { auditId, token: vault.hand(path, 'read') });

async function filled() {
  const { vault, auditId } = await newAudit();
  const first = (await attach(vault, auditId, 'risk=analysis.txt', 'risk', [riskAnalysis, terminations])).evidence?.id as EvidenceId;
  await attach(vault, auditId, 'loose.bin', new Uint8Array(3_000_000).fill(7));
  await vault.call('evidence.update', {
    evidenceId: first,
    patch: { title: 'The analysis', sensitivity: 'phi', tags: ['a', 'b'], source: '', description: '=1+1', retainUntil: '2040-01-01' },
  });
  return { vault, auditId, first, path: join(temporaryFolder(), 'Body.zip') };
}

/** Unpacks as any program would. */
function unpacked(path: string): string {
  const folder = temporaryFolder();
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(path)))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
  return folder;
}

const index = (rows: string) => strToU8(`path,sha256,controls\r\n${rows}`);
const written = (bytes: Uint8Array) => {
  const path = join(temporaryFolder(), 'given.zip');
  writeFileSync(path, bytes);
  return path;
};

/** Changes bytes of every central directory header; `offset` counts from its signature. */
function patched(zip: Uint8Array, change: (header: Buffer, name: string) => void): Uint8Array {
  const bytes = Buffer.from(zip);
  for (let at = bytes.indexOf('PK\u0001\u0002', 0, 'latin1'); at >= 0; at = bytes.indexOf('PK\u0001\u0002', at + 4, 'latin1')) {
    const header = bytes.subarray(at);
    change(header, header.subarray(46, 46 + header.readUInt16LE(28)).toString());
  }
  return bytes;
}

describe('a body of evidence as one zip file', () => {
  it('holds what the folder holds, and sha256sum finds every file whole after unpacking', async () => {
    const { vault, auditId, path } = await filled();
    expect(await exportBody(vault, auditId, path)).toEqual({ name: 'Body.zip', pieces: 2, bytes: 3_000_004, leftOut: 0 });
    const names = Object.keys(unzipSync(readFileSync(path))).sort();
    const folder = join(temporaryFolder(), 'Body');
    await exportBody(vault, auditId, folder, { form: 'folder' });
    expect(names).toEqual(
      readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
        .sort(),
    );
    const told = execFileSync('sha256sum', ['-c', 'SHA256SUMS'], { cwd: unpacked(path), encoding: 'utf8' })
      .trim()
      .split('\n');
    expect(told).toHaveLength(names.length - 1);
    expect(told.every((line) => line.endsWith(': OK'))).toBe(true);
    expect(readdirSync(dirname(path))).toEqual(['Body.zip']);
  });

  it('appears only when it is whole: cancelled, damaged or without a place it leaves nothing, and an older file as it was', async () => {
    const { vault, auditId, path } = await filled();
    writeFileSync(path, 'older');
    const cancelled = new AbortController();
    cancelled.abort();
    await expect(exportBody(vault, auditId, path, { form: 'zip' }, cancelled.signal)).rejects.toThrow('Cancelled');
    expect(await codeOf(exportBody(vault, auditId, join(dirname(path), 'missing', 'Body.zip')))).toBe('file.not-written');
    sessionOf(vault).chunks.raw.exec('UPDATE chunk SET data = zeroblob(length(data))');
    expect(await codeOf(exportBody(vault, auditId, path))).toBe('evidence.damaged');
    expect([readdirSync(dirname(path)), readFileSync(path, 'utf8')]).toEqual([['Body.zip'], 'older']);
  });

  it('never becomes whole with a file that has other than the bytes it said', async () => {
    const folder = temporaryFolder();
    const sink = await openZipSink(join(folder, 'Body.zip'));
    const read = async function* () {
      yield Buffer.from('one');
    };
    await expect(sink.add({ paths: ['a.txt'], size: 5, mediaType: 'text/plain', read })).resolves.toBeUndefined();
    await expect(sink.finish()).rejects.toThrow();
    await sink.discard();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is taken in again by hash, with what the index says of each piece, also when the folder was packed', async () => {
    const { vault, auditId, path, first } = await filled();
    await exportBody(vault, auditId, path);
    await vault.call('evidence.unlink', { evidenceId: first, controls: [riskAnalysis] });
    expect(await importBody(vault, auditId, path)).toMatchObject({ linked: 2, attached: 0, unknownControls: 0, problems: [], remarks: [] });
    expect((await vault.call('evidence.get', { evidenceId: first })).evidence.controls).toHaveLength(2);
    const folded = Object.fromEntries(Object.entries(unzipSync(readFileSync(path))).map(([name, bytes]) => [`Packed/${name}`, bytes]));
    const other = await newAudit();
    expect(await importBody(other.vault, other.auditId, written(zipSync(folded)))).toMatchObject({ attached: 2, problems: [] });
    const [taken] = await other.vault.call('evidence.list', { auditId: other.auditId });
    expect(taken).toMatchObject({
      title: 'The analysis',
      sensitivity: 'phi',
      tags: ['a', 'b'],
      retainUntil: '2040-01-01',
      controls: [riskAnalysis, terminations],
    });
  });

  it('is taken in also when a system took the accents of its names apart', async () => {
    const { vault, auditId } = await newAudit();
    await attach(vault, auditId, 'B\u00fccher.txt', 'one');
    const path = join(temporaryFolder(), 'Body.zip');
    await exportBody(vault, auditId, path);
    const apart = Object.entries(unzipSync(readFileSync(path))).map(([name, bytes]) => [name.normalize('NFD'), bytes]);
    const other = await newAudit();
    expect(await importBody(other.vault, other.auditId, written(zipSync(Object.fromEntries(apart))))).toMatchObject({
      attached: 1,
      problems: [],
    });
  });

  it('is refused whole when its directory is not to be trusted, each time with the reason', async () => {
    const { vault, auditId } = await newAudit();
    const plain = { 'INDEX.csv': index(''), 'a.txt': strToU8('a'.repeat(500)), 'b.txt': strToU8('b'.repeat(500)) };
    const zip = zipSync(plain);
    let offset = 0;
    const files: Record<string, Uint8Array> = {
      'leads out': zipSync({ ...plain, '../../evil.txt': strToU8('x') }),
      'a name is in it twice': zipSync({ ...plain, 'A.TXT': strToU8('x') }),
      password: patched(zip, (header) => header.writeUInt16LE(1, 8)),
      'not read': patched(zip, (header) => header.writeUInt16LE(12, 10)),
      'lie over each other': patched(zip, (header, name) => {
        if (name === 'a.txt') offset = header.readUInt32LE(42);
        if (name === 'b.txt') header.writeUInt32LE(offset, 42);
      }),
      'far more than it holds': await zerosArchive({ 'bomb.bin': 70 * 1024 * 1024 }, { 'INDEX.csv': 'path,sha256,controls\r\n' }),
      'damaged or cut off': zip.slice(0, zip.length - 40),
      'not a zip file': strToU8('just a text'),
      'INDEX.csv is missing': zipSync({ 'a.txt': strToU8('a') }),
      'INDEX.csv cannot be read': patched(zip, (header, name) => (name === 'INDEX.csv' ? header.writeUInt32LE(1, 24) : undefined)),
      'not a table': zipSync({ 'INDEX.csv': strToU8('path\n"never closed') }),
    };
    for (const [reason, bytes] of Object.entries(files)) {
      const error = await errorOf(importBody(vault, auditId, written(bytes)));
      expect([error.code, error.hint.toLowerCase()]).toEqual(['evidence.unreadable', expect.stringContaining(reason.toLowerCase())]);
    }
    expect(await codeOf(importBody(vault, auditId, join(temporaryFolder(), 'gone.zip')))).toBe('evidence.unreadable');
    expect(await vault.call('evidence.list', { auditId })).toEqual([]);
    expect(sessionOf(vault).chunks.raw.prepare('SELECT count(*) AS total FROM object').get()).toEqual({ total: 0 });
  });

  it('of which one entry of the directory is damaged is refused', async () => {
    const { vault, auditId } = await newAudit();
    const zip = zipSync({ 'INDEX.csv': index(''), 'a.txt': strToU8('a'), 'b.txt': strToU8('b') });
    const damaged = patched(zip, (header, name) => (name === 'b.txt' ? header.writeUInt32LE(0, 0) : undefined));
    expect((await errorOf(importBody(vault, auditId, written(damaged)))).hint).toContain('damaged or cut off');
  });

  it('is not made of a piece whose bytes are whole but not those of its record', async () => {
    const { vault, auditId, path } = await filled();
    tamper(vault, `UPDATE evidence_object SET sha256 = '${'0'.repeat(64)}' WHERE size = 4`);
    expect(await codeOf(exportBody(vault, auditId, path))).toBe('evidence.damaged');
    expect(readdirSync(dirname(path))).toEqual([]);
  });

  it('tells each file that is missing, empty, another one or damaged, and takes the rest', async () => {
    const { vault, auditId } = await newAudit();
    const zero = '0'.repeat(64);
    const good = 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb';
    const rows = [
      `missing.txt,${zero},`,
      `empty.txt,${zero},`,
      `other.txt,${zero},`,
      `hurt.txt,${zero},`,
      `..\\..\\out.txt,${zero},`,
      `a.txt,${good},`,
    ];
    const zip = zipSync({
      'INDEX.csv': index(rows.join('\r\n')),
      'empty.txt': new Uint8Array(),
      'other.txt': strToU8('x'),
      'hurt.txt': strToU8('y'.repeat(3000)),
      'a.txt': strToU8('a'),
      'folder/': new Uint8Array(),
    });
    const bytes = patched(zip, (header, name) => (name === 'hurt.txt' ? header.writeUInt32LE(2999, 24) : undefined));
    const result = await importBody(vault, auditId, written(bytes));
    expect(result).toMatchObject({ linked: 0, attached: 1 });
    expect(result.problems.map(({ path }) => path)).toEqual(['missing.txt', 'empty.txt', 'other.txt', 'hurt.txt', '..\\..\\out.txt']);
    expect(sessionOf(vault).chunks.raw.prepare('SELECT count(*) AS total FROM object').get()).toEqual({ total: 1 });
  });

  it('can be stopped while it is taken in: what was taken stays', async () => {
    const { vault, auditId, path } = await filled();
    await exportBody(vault, auditId, path);
    const other = await newAudit();
    const stop = new AbortController();
    const call = other.vault.call('evidence.importBody', { auditId: other.auditId, token: other.vault.hand(path, 'read') }, stop.signal);
    stop.abort();
    expect(await call).toMatchObject({ attached: 0, notReached: 2 });
    expect(existsSync(path)).toBe(true);
  });
});

describe('the pieces of a body of evidence', () => {
  const piece = (id: string, more: Partial<Evidence> = {}): Evidence =>
    ({ id, number: 1, derivedFrom: '', derivation: '', sensitivity: 'normal', controls: [], ...more }) as unknown as Evidence;
  const choose = (evidence: Evidence[], options: Options) => {
    const { pieces, leftOut } = choosePieces(evidence, bodyOptions.parse(options));
    return {
      ids: pieces.map(({ id }) => String(id)),
      controls: pieces.map(({ controls }) => controls.map(({ controlId }) => controlId)),
      leftOut,
    };
  };
  const c = (packId: string, controlId: string) => ({ packId, controlId });

  it('are all, those of chosen checklists under their controls, or those that are not sensitive', () => {
    const evidence = [
      piece('a', { controls: [c('p', '1'), c('q', '2')] }),
      piece('b', { controls: [c('q', '3')], sensitivity: 'secret' }),
      piece('c'),
    ];
    expect(choose(evidence, {})).toEqual({ ids: ['a', 'b', 'c'], controls: [['1', '2'], ['3'], []], leftOut: 0 });
    expect(choose(evidence, { packIds: ['p'] })).toEqual({ ids: ['a'], controls: [['1']], leftOut: 2 });
    expect(choose(evidence, { sensitive: false })).toEqual({ ids: ['a', 'c'], controls: [['1', '2'], []], leftOut: 1 });
  });

  it('with redacted copies are the copies where their originals would lie, and nothing sensitive without one', () => {
    const evidence = [
      piece('original', { controls: [c('p', '1')], sensitivity: 'phi' }),
      piece('copy', { number: 2, derivedFrom: 'original' as EvidenceId, derivation: 'redacted', controls: [c('p', '2'), c('p', '1')] }),
      piece('alone', { sensitivity: 'phi' }),
    ];
    expect(choose(evidence, { redaction: 'redacted' })).toEqual({ ids: ['copy'], controls: [['1', '2']], leftOut: 1 });
  });

  it('are told as left out in the index', async () => {
    const { vault, auditId } = await filled();
    const folder = join(temporaryFolder(), 'Body');
    expect(await exportBody(vault, auditId, folder, { sensitive: false })).toMatchObject({ pieces: 1, leftOut: 1 });
    expect(readFileSync(join(folder, 'INDEX.html'), 'utf8')).toContain('Left out by choice: 1 piece.');
    expect(readdirSync(folder)).not.toContain('hipaa-security');
  });

  it('have names that Windows takes: no devices, nothing too long', () => {
    const control = { packId: 'CON', control: { id: 'x', title: 'y'.repeat(300), citations: ['aux.1'] } };
    const evidence = { number: 1, originalName: `${'z'.repeat(300)}.tar.gz`, controls: [c('CON', 'x')] };
    const bare = { number: 2, originalName: 'q'.repeat(300), controls: [] };
    const [placed, loose] = placeEvidence([evidence, bare] as never, [control] as never, []);
    expect(placed?.paths[0]).toMatch(/^CON_\/aux\.1 y+_?\/E-001 z+\.gz$/);
    expect(placed?.paths[0]?.length).toBeLessThan(210);
    expect(loose?.paths[0]?.length).toBeLessThan(130);
  });
});
