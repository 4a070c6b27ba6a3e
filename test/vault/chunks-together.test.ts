import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { appendable, type ChunkFile } from '../../electron/vault/db/chunk-file.ts';
import { openChunkFile } from '../../electron/vault/db/open.ts';
import { replaceable } from '../../electron/vault/db/replaceable.ts';
import { sql } from '../../electron/vault/db/sql.ts';
import { temporaryFolder } from './fixture.ts';

let opened: ChunkFile | null = null;
afterEach(() => opened?.close());

const mebibyte = 1024 * 1024;

function chunkFile() {
  const path = join(temporaryFolder(), 'evidence.db');
  const file = appendable(replaceable(openChunkFile(path, 'create')), path);
  opened = file;
  const append = (owner: string, name: string, bytes = 1) =>
    file.append(owner, bytes, (database) => database.run(sql`INSERT INTO object (id) VALUES (${name})`));
  const fail = (owner: string, error: Error) =>
    file.append(owner, 1, () => {
      throw error;
    });
  const names = () => file.all<{ id: string }>(sql`SELECT id FROM object ORDER BY id`).map(({ id }) => id);
  return { file, append, fail, names };
}

describe('chunks of several files in one transaction', () => {
  it('go together when one of them fails: each owner is told by its next call, others are not touched', () => {
    const { file, append, fail, names } = chunkFile();
    append('ann', 'kept');
    file.settle('ann');
    append('ann', 'a');
    append('ben', 'b');
    const full = new Error('The disk is full');
    expect(() => fail('ben', full)).toThrow(full);
    expect(names()).toEqual(['kept']);
    for (const owner of ['ann', 'ben']) {
      expect(() => append(owner, 'more')).toThrow(full);
      expect(() => file.settle(owner)).toThrow(full);
    }
    append('cleo', 'c');
    file.settle('cleo');
    expect(names()).toEqual(['c', 'kept']);
    // Who gives up what was lost may begin anew.
    file.takeBack('ann');
    append('ann', 'again');
    file.settle('ann');
    expect(names()).toEqual(['again', 'c', 'kept']);
  });

  it('are taken back by their owner while nobody else has appended, and stay where somebody has', () => {
    const { file, append, names } = chunkFile();
    append('ann', 'a');
    file.takeBack('ben');
    expect(names()).toEqual(['a']);
    file.takeBack('ann');
    expect(names()).toEqual([]);
    append('ann', 'a');
    append('ben', 'b');
    file.takeBack('ann');
    file.settle('ben');
    expect(names()).toEqual(['a', 'b']);
  });

  it('are durable without being settled once the transaction is as large as it may be', () => {
    const { append, fail, names } = chunkFile();
    append('ann', 'a', 1023 * mebibyte);
    append('ann', 'b', mebibyte);
    expect(() => fail('ann', new Error('later'))).toThrow('later');
    expect(names()).toEqual(['a', 'b']);
  });

  it('fail alone where nothing was appended before', () => {
    const { file, append, fail, names } = chunkFile();
    const odd = new Error('odd');
    expect(() => fail('ann', odd)).toThrow(odd);
    file.takeBack('ann');
    append('ann', 'a');
    file.settle('ann');
    expect(names()).toEqual(['a']);
  });
});
