import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { attached, failedAttachment } from '../../electron/vault/evidence-attach.ts';
import { attachFiles } from '../../electron/vault/evidence-files.ts';
import { removePartialFiles } from '../../electron/vault/files.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { stored } from './evidence-fixture.ts';
import { newAudit, riskAnalysis, temporaryFolder } from './fixture.ts';
import { sessionOf } from './helpers.ts';

describe('files that are made durable together', () => {
  it('do not take each other with them when one of them cannot be recorded', async () => {
    const { vault, auditId } = await newAudit();
    const folder = temporaryFolder();
    const files = ['a', 'b', 'c'].map((name) => {
      writeFileSync(join(folder, name), name);
      return {
        path: () => join(folder, name),
        details: {},
        controls: name === 'b' ? [{ packId: 'hipaa-security', controlId: 'nothing' }] : [],
      };
    });
    const context = { process: vault.process, signal: new AbortController().signal, progress: () => {} };
    const results = await attachFiles(context, sessionOf(vault), { auditId, controls: [riskAnalysis], files });
    expect(results.map(({ name, error }) => [name, error?.code ?? 'attached'])).toEqual([
      ['a', 'attached'],
      ['b', 'control.unknown'],
      ['c', 'attached'],
    ]);
    expect(stored(vault)).toEqual({ objects: 2, chunks: 2 });
    expect((await vault.call('evidence.list', { auditId })).map(({ number, controls }) => [number, controls])).toEqual([
      [1, [riskAnalysis]],
      [2, [riskAnalysis]],
    ]);
  });

  it('that were not attached are no evidence', () => {
    expect(() => attached(failedAttachment('a', new ExpectedError('evidence.empty')))).toThrow('Nothing was attached');
  });
});

describe('what a killed writer left', () => {
  it('is removed by its name, and only files are', () => {
    const folder = temporaryFolder();
    for (const name of ['.sealbook-0123abcd.part', '.sealbook-0123abcd.part.txt', 'other.part']) writeFileSync(join(folder, name), 'x');
    mkdirSync(join(folder, '.sealbook-89abcdef.part'));
    removePartialFiles(folder);
    expect(readdirSync(folder).sort()).toEqual(['.sealbook-0123abcd.part.txt', '.sealbook-89abcdef.part', 'other.part']);
    expect(existsSync(join(folder, '.sealbook-89abcdef.part'))).toBe(true);
  });
});
