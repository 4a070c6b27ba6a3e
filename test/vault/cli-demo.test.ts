import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { run, withPassphrase } from './cli-run.ts';
import { temporaryFolder } from './fixture.ts';

describe('sealbook demo and verify', () => {
  it('builds a sample vault with a signed report that verifies, in JSON as the contract says', async () => {
    const folder = join(temporaryFolder(), 'demo');
    const demo = await run(['demo', folder, '--json']);
    expect([demo.code, demo.stderr]).toEqual([0, '']);
    const result = demo.json();
    expect(Object.keys(result)).toEqual(['vault', 'audit', 'report', 'passphrase', 'people', 'counts']);
    expect(result).toMatchObject({
      vault: join(folder, 'Sample.sealbook'),
      report: join(folder, 'report.pdf'),
      audit: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
    expect(result.people.length).toBe(2);
    expect(Object.keys(result.counts)).toEqual(['controls', 'answers', 'evidence', 'findings']);
    expect(result.counts.answers).toBe(result.counts.controls);
    expect(readdirSync(folder).sort()).toEqual(['Sample.sealbook', 'report.pdf']);

    const verified = await run(['verify', result.report, '--json']);
    expect(verified.code).toBe(0);
    const verification = verified.json();
    expect(verification).toMatchObject({ genuine: true, manifest: { present: true, matches: true, trailHead: expect.any(String) } });
    expect(Object.keys(verification.signatures[0]).sort()).toEqual([
      'covers',
      'fingerprint',
      'level',
      'reason',
      'signedAt',
      'signer',
      'valid',
    ]);
    for (const problem of verification.problems) expect(Object.keys(problem).sort()).toEqual(['code', 'message', 'where']);

    const check = await withPassphrase(['vault', 'check', result.vault, '--json'], result.passphrase);
    expect([check.code, check.json().problems]).toEqual([0, []]);

    const altered = readFileSync(result.report);
    altered[5000] = (altered[5000] ?? 0) ^ 1;
    writeFileSync(join(folder, 'altered.pdf'), altered);
    expect((await run(['verify', join(folder, 'altered.pdf')])).code).toBe(1);
    writeFileSync(join(folder, 'text.pdf'), 'no PDF');
    expect((await run(['verify', join(folder, 'text.pdf')])).code).toBe(2);
    expect((await run(['verify', join(folder, 'none.pdf'), '--json'])).json()).toMatchObject({
      genuine: false,
      error: { code: 'verify.unreadable' },
    });

    const again = await run(['demo', folder]);
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('vault.exists')]);
  });

  it('prints paths, counts and the passphrase in words', async () => {
    const folder = temporaryFolder();
    const { code, stdout } = await run(['demo', folder]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^vault +.*Sample\.sealbook\naudit +\S+\nreport +.*report\.pdf\npassphrase +\S.*\npeople +.*\(reviewer\), .*\(lead\)\ncounts +\d+ controls, /,
    );
    expect(existsSync(join(folder, 'report.pdf'))).toBe(true);
  });

  it('says when the folder cannot be made', async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), 'x');
    expect(await run(['demo', join(folder, 'file', 'below')])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('file.not-written'),
    });
    mkdirSync(join(folder, 'Sample.sealbook', 'x'), { recursive: true });
    expect(await run(['demo', folder])).toMatchObject({ code: 2, stderr: expect.stringContaining('vault.exists') });
  });
});
