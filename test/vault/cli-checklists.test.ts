import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { catalog, profile } from '../fixtures/oscal.ts';
import { run } from './cli-run.ts';
import { temporaryFolder, testAssets } from './fixture.ts';

describe('sealbook checklists', () => {
  it('lists them in words and as JSON', async () => {
    const listed = await run(['checklists', 'list', '--json']);
    expect(listed.code).toBe(0);
    expect(listed.json().map((pack: { id: string }) => pack.id)).toEqual([
      'access-control',
      'audit-logging',
      'data-protection',
      'hipaa-privacy-breach',
      'hipaa-security',
      'production-readiness',
    ]);
    expect((await run(['checklists', 'list'])).stdout).toMatch(
      /^hipaa-security {2}1\.0\.0 {2}\d+ controls, \d+ questions {2}HIPAA Security Rule$/m,
    );
  });

  it('shows one as the contract says', async () => {
    const shown = await run(['checklists', 'show', 'hipaa-security', '--json']);
    const pack = shown.json();
    expect(Object.keys(pack)).toEqual(['id', 'title', 'version', 'hash', 'sources', 'sections']);
    expect(pack).toMatchObject({ id: 'hipaa-security', hash: expect.stringMatching(/^[0-9a-f]{64}$/), sources: expect.any(Array) });
    for (const section of pack.sections) {
      expect(section).toMatchObject({ id: expect.any(String), title: expect.any(String) });
      for (const control of section.controls) {
        expect(control).toMatchObject({
          id: expect.any(String),
          title: expect.any(String),
          requirement: expect.any(String),
          objective: expect.any(String),
          guidance: expect.any(String),
        });
        for (const member of ['citations', 'questions', 'methods', 'expectedEvidence', 'crosswalk'])
          expect(Array.isArray(control[member])).toBe(true);
        for (const question of control.questions)
          expect(question).toMatchObject({ id: expect.any(String), text: expect.stringMatching(/\?$/) });
        for (const link of control.crosswalk) expect(link).toMatchObject({ framework: expect.any(String), id: expect.any(String) });
      }
    }
    const words = (await run(['checklists', 'show', 'hipaa-security'])).stdout;
    expect(words).toContain('45 CFR 164.308(a)(1)(ii)(A)  Risk analysis (required)');
  });

  it('tells how many controls of each have a relative in each other one', async () => {
    const rows = (await run(['checklists', 'coverage', '--json'])).json();
    const listed = (await run(['checklists', 'list', '--json'])).json();
    expect(rows.length).toBe(listed.length * (listed.length - 1));
    for (const row of rows) expect(row.covered).toBeLessThanOrEqual(row.controls);
    expect((await run(['checklists', 'coverage'])).stdout).toMatch(
      /^hipaa-security {2}\d+ of \d+ controls have a relative in {2}production-readiness$/m,
    );
  });

  it('says that there is none with an id, also as JSON', async () => {
    const { code, stderr, json } = await run(['checklists', 'show', 'nothing', '--json']);
    expect([code, json().error]).toEqual([
      2,
      { code: 'pack.unknown', message: expect.any(String), hint: expect.any(String), data: { id: 'nothing' } },
    ]);
    expect(stderr).toContain('(pack.unknown)');
  });

  it('checks a file: 0 without faults, 1 with them and their places, 2 when it cannot be read', async () => {
    const folder = temporaryFolder();
    const good = join(testAssets.checklists, 'production-readiness.yaml');
    const bad = join(folder, 'bad.yaml');
    writeFileSync(bad, readFileSync(good, 'utf8').replace('version: 1.0.0', 'version: one'));
    expect(await run(['checklists', 'check', good])).toMatchObject({ code: 0, stdout: expect.stringMatching(/\d+ controls, no faults/) });
    expect((await run(['checklists', 'check', good, '--json'])).json()).toEqual({ file: good, ok: true, faults: [] });
    const faulty = await run(['checklists', 'check', bad]);
    expect([faulty.code, faulty.stdout]).toEqual([1, '']);
    expect(faulty.stderr).toMatch(/bad\.yaml:\d+:1: version: must be a version/);
    expect((await run(['checklists', 'check', bad, '--json'])).json()).toMatchObject({
      ok: false,
      faults: [{ path: 'version', line: expect.any(Number) }],
    });
    writeFileSync(bad, '- [');
    expect((await run(['checklists', 'check', bad])).stderr).toMatch(/bad\.yaml:\d+:\d+: [A-Z]/);
    expect(await run(['checklists', 'check', join(folder, 'none')])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('cannot be read'),
    });
    expect((await run(['checklists', 'check', folder])).code).toBe(2);
    const table = join(folder, 'table.csv');
    writeFileSync(
      table,
      'Section,Control id,Citations,Control,Objective,Question\nDoors,d 1,House 1,Locks,They are locked.,Is it locked?\n',
    );
    expect((await run(['checklists', 'check', table])).stderr).toMatch(/table\.csv:2:2: .*token/);
    const [night, house] = [join(folder, 'night.json'), join(folder, 'house_catalog.json')];
    writeFileSync(night, JSON.stringify(profile));
    writeFileSync(house, JSON.stringify(catalog));
    expect((await run(['checklists', 'check', night])).stderr).toMatch(/night\.json:1:\d+: .*house_catalog/);
    expect((await run(['checklists', 'check', night, house])).stdout).toMatch(/2 controls, no faults/);
    const dangling = join(folder, 'dangling.yaml');
    writeFileSync(dangling, readFileSync(good, 'utf8').replace('id: hipaa-164.312-a-1', 'id: hipaa-164.312-z'));
    expect((await run(['checklists', 'check', dangling])).stderr).toMatch(/has no "hipaa-164\.312-z"/);

    truncateSync(bad, 40 * 1024 * 1024);
    expect(await run(['checklists', 'check', bad])).toMatchObject({ code: 2, stderr: expect.stringContaining('larger than') });
  });
});
