import { mkdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { largestFile } from '../../electron/vault/evidence/source.ts';
import { listTemplate } from '../../electron/vault/evidence-import-list.ts';
import { codeOf, newAudit, riskAnalysis, temporaryFolder, terminations } from './fixture.ts';
import { tamper } from './helpers.ts';

async function withList(csv: string | Uint8Array, files: Readonly<Record<string, string>> = {}) {
  const { vault, auditId } = await newAudit();
  const folder = join(temporaryFolder(), 'site');
  for (const [path, content] of Object.entries({ 'keep.txt': 'keep', ...files })) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  writeFileSync(join(folder, 'list.csv'), csv);
  const token = () => vault.hand(join(folder, 'list.csv'), 'read-list');
  const check = () => vault.call('evidence.checkList', { auditId, token: token() });
  const codes = async () => (await check()).problems.map(({ line, code, value }) => `${line} ${code} ${value}`.trim());
  return { vault, auditId, folder, token, check, codes };
}

describe('a list of files', () => {
  it('is checked first and then attached with what it says of each', async () => {
    const list = await withList(
      [
        'Path;Controls;Description;TITLE;Source;Collector;Collected_At;Tags;Sensitivity;Remark',
        '"a\\policy.txt";"164.308(a)(1)(ii)(A)|45 CFR § 164.308(a)(3)(ii)(C)";What it shows;Policy;Intranet;Ben;2026-02-01;x, y, x;PHI;-',
        '',
        './keep.txt;hipaa-164.308-a-1-ii-a;;;;;;;;',
      ].join('\r\n'),
      { 'a/policy.txt': 'policy' },
    );
    expect(await list.check()).toEqual({ name: 'list.csv', rows: 2, bytes: 10, problems: [], ignored: ['Remark'], late: [] });
    const { vault, auditId } = list;
    const token = list.token();
    await vault.call('evidence.checkList', { auditId, token });
    const { results, notReached, problems } = await vault.call('evidence.importList', { auditId, token });
    expect([problems, notReached, results.map(({ name }) => name)]).toEqual([[], 0, ['a/policy.txt', 'keep.txt']]);
    const [policy, keep] = await vault.call('evidence.list', { auditId });
    expect(policy).toMatchObject({
      title: 'Policy',
      description: 'What it shows',
      source: 'Intranet',
      collector: 'Ben',
      collectedAt: '2026-02-01',
      tags: ['x', 'y'],
      sensitivity: 'phi',
      relativePath: 'a/policy.txt',
      controls: [riskAnalysis, terminations],
    });
    expect(keep).toMatchObject({ title: 'keep', collector: 'Ada Lindqvist', sensitivity: 'normal', controls: [riskAnalysis] });
    expect(await codeOf(vault.call('evidence.importList', { auditId, token }))).toBe('token.unknown');
  });

  it('finds files whose letters with accents the disk spells otherwise', async () => {
    const name = 'résumé/Übersicht é.txt';
    for (const [onDisk, inList] of [
      [name.normalize('NFD'), name.normalize('NFC')],
      [name.normalize('NFC'), name.normalize('NFD')],
    ] as const) {
      const list = await withList(`path,control\n${inList},\n${inList.replace('txt', 'pdf')},\nrésumé/none/x.txt,`, { [onDisk]: 'found' });
      expect(await list.codes()).toEqual([`3 file-missing ${inList.replace('txt', 'pdf')}`, '4 file-missing résumé/none/x.txt']);
    }
  });

  it('takes the file that is spelled as in the list where both spellings are there', async () => {
    const [composed, apart] = ['é.txt'.normalize('NFC'), 'é.txt'.normalize('NFD')];
    const list = await withList(`path,control\n${composed},\n${apart},`, { [composed]: 'one', [apart]: 'two and more' });
    expect(await list.check()).toMatchObject({ rows: 2, bytes: 15, problems: [] });
  });

  it('names the lines whose day is in the future, as the form does, and attaches them all the same', async () => {
    const tomorrow = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    const files = { 'a.txt': 'one', 'b.txt': 'two', 'c.txt': 'three' };
    const list = await withList(`path,collected at\na.txt,2026-01-31\nb.txt,${tomorrow}\nc.txt,`, files);
    expect(await list.check()).toMatchObject({ rows: 3, problems: [], late: [{ line: 3, collectedAt: tomorrow }] });
  });

  it('tells every problem with its line in one run and attaches nothing', async () => {
    const list = await withList(
      [
        'path,control,sensitivity,collected at,title',
        'keep.txt,164.999,,,',
        '../outside.txt,,,,',
        '/etc/hostname,,,,',
        'C:\\x.txt,,,,',
        'gone.txt,,top,yesterday,',
        'keep.txt,,,,',
        ',,,,no path',
        './/.,,,,',
        'empty.txt,,,,',
        'folder,,,,',
        'link.txt,,,,',
        'away/x.txt,,,,',
        `keep2.txt,,,,${'t'.repeat(401)}`,
      ].join('\n'),
      { 'empty.txt': '', 'folder/a.txt': 'a', 'keep2.txt': 'b' },
    );
    const outside = temporaryFolder();
    writeFileSync(join(outside, 'x.txt'), 'outside');
    symlinkSync(join(outside, 'x.txt'), join(list.folder, 'link.txt'));
    symlinkSync(outside, join(list.folder, 'away'));
    expect(await list.codes()).toEqual([
      '2 control-unknown 164.999',
      '3 path-outside ../outside.txt',
      '4 path-absolute /etc/hostname',
      '5 path-absolute C:\\x.txt',
      '6 file-missing gone.txt',
      '6 collected-unreadable yesterday',
      '6 sensitivity-unknown top',
      '7 duplicate 2',
      '8 path-missing',
      '9 path-missing .//.',
      '10 file-empty empty.txt',
      '11 file-not-regular folder',
      '12 file-link link.txt',
      '13 path-outside away/x.txt',
      `14 too-long ${'t'.repeat(200)}`,
    ]);
    const { vault, auditId } = list;
    const result = await vault.call('evidence.importList', { auditId, token: list.token() });
    expect([result.problems.length, result.results]).toEqual([15, []]);
    expect(await vault.call('evidence.list', { auditId })).toEqual([]);
  });

  it.each<[string, string | Uint8Array, string]>([
    ['is no text', new Uint8Array([0xff, 0xfe, 0x41]), '1 not-text'],
    ['is no table', 'path\n"a"b', '2 not-csv'],
    ['has no column of paths', 'name,control\na,b', '1 no-path-column'],
    ['has no rows', 'path,control\n\n', '1 no-rows'],
    ['is empty', '', '1 no-path-column'],
    ['has too many tags', `path,tags\nkeep.txt,"${Array.from({ length: 51 }, (_, index) => `t${index}`).join(',')}"`, '2 too-long'],
    ['has a description that is too long', `path,description\nkeep.txt,${'d'.repeat(100_001)}`, '2 too-long'],
  ])('that %s is told as such', async (_name, csv, problem) => {
    const list = await withList(csv);
    expect((await list.codes()).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([problem]);
  });

  it('that is gone, or too long, is refused as a whole', async () => {
    const list = await withList(`path\n${'keep.txt\n'.repeat(20_001)}`);
    const { vault, auditId } = list;
    expect(await codeOf(list.check())).toBe('evidence.too-many');
    const gone = vault.hand(join(list.folder, 'gone.csv'), 'read-list');
    expect(await codeOf(vault.call('evidence.checkList', { auditId, token: gone }))).toBe('list.unreadable');
    expect(await codeOf(vault.call('evidence.checkList', { auditId, token: vault.file('a', 'path') }))).toBe('token.unknown');
    tamper(vault, "UPDATE audit SET state = 'signed'");
    expect(await codeOf(list.check())).toBe('audit.frozen');
  });

  it('may name its columns in the singular or plural, leave out cells at the end of a row, and name a column twice', async () => {
    const list = await withList('File,Controls,Tag,File\nkeep.txt,164.308(a)(1)(ii)(A),a; b,other.txt\nmore.txt\n', { 'more.txt': 'more' });
    expect(await list.codes()).toEqual([]);
    const { vault, auditId } = list;
    await vault.call('evidence.importList', { auditId, token: list.token() });
    const all = await vault.call('evidence.list', { auditId });
    expect(all.map(({ originalName, controls, tags }) => ({ originalName, controls, tags }))).toEqual([
      { originalName: 'keep.txt', controls: [riskAnalysis], tags: ['a', 'b'] },
      { originalName: 'more.txt', controls: [], tags: [] },
    ]);
  });

  it('knows its columns by the names that people give them, and tells of a second one that means the same', async () => {
    const list = await withList('File name;Control(s);Path;Tag\nnowhere.txt;164.308(a)(1)(ii)(A);keep.txt;a\n');
    expect(await list.check()).toMatchObject({ rows: 1, problems: [], ignored: ['File name'] });
    const { vault, auditId } = list;
    await vault.call('evidence.importList', { auditId, token: list.token() });
    expect(await vault.call('evidence.list', { auditId })).toMatchObject([
      { originalName: 'keep.txt', controls: [riskAnalysis], tags: ['a'] },
    ]);
    const named = await withList('File path,Control ID\nkeep.txt,164.308(a)(1)(ii)(A)\n');
    expect(await named.check()).toMatchObject({ rows: 1, problems: [], ignored: [] });
  });

  it('may be saved as Unicode text by Excel, with tabs and in UTF-16', async () => {
    const list = await withList(Buffer.from('\ufeffpath\tdescription\r\nkeep.txt\tGrüße\r\n', 'utf16le'));
    expect(await list.codes()).toEqual([]);
    const { vault, auditId } = list;
    await vault.call('evidence.importList', { auditId, token: list.token() });
    expect(await vault.call('evidence.list', { auditId })).toMatchObject([{ description: 'Grüße' }]);
  });

  it('that is larger than any list, or names a file larger than any piece, is refused', async () => {
    const list = await withList('path\nhuge.bin\n', { 'huge.bin': 'x' });
    truncateSync(join(list.folder, 'huge.bin'), largestFile + 1);
    expect(await list.codes()).toEqual(['2 file-too-large huge.bin']);
    truncateSync(join(list.folder, 'list.csv'), 33 * 1024 * 1024);
    expect(await codeOf(list.check())).toBe('list.unreadable');
  });

  it('can be begun from a template that names every column', async () => {
    const { vault } = await newAudit();
    const path = join(temporaryFolder(), 'list.csv');
    expect(await vault.call('evidence.listTemplate', { token: vault.hand(path, 'write') })).toEqual({ name: 'list.csv' });
    expect(readFileSync(path, 'utf8')).toBe(listTemplate());
    const list = await withList(listTemplate());
    expect((await list.check()).ignored).toEqual([]);
  });
});
