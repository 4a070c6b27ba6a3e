import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { catalog, profile } from '../fixtures/oscal.ts';
import { zerosArchive } from '../fixtures/zeros-archive.ts';
import { codeOf, newVault, temporaryFolder } from './fixture.ts';
import { errorOf } from './helpers.ts';
import { copyOf, faultsOf, full, ids, inspect, row, save, titles, workbook } from './pack-fixture.ts';

describe('what cannot be read', () => {
  it('YAML: every fault with its line, and nothing is kept', async () => {
    const vault = await newVault();
    const broken = stringify(
      copyOf((copy) => {
        const [first, second] = copy.sections[0]?.controls ?? [];
        Object.assign(first ?? {}, { citations: ['45 CFR 999'], colour: 'red' });
        Object.assign(second ?? {}, {
          id: 'a-1',
          crosswalk: [
            { framework: 'hipaa-security', id: 'hipaa-164.999', source: 'x' },
            { framework: 'nist-800-53r5', id: 'ac-99', source: 'x' },
          ],
        });
      }),
    );
    const told = faultsOf(await inspect(vault, 'broken.yaml', broken)).join('\n');
    for (const part of [
      'Unknown key "colour"',
      'Not the shape of such a citation',
      'Duplicate control id "a-1"',
      'has no "hipaa-164.999"',
      'Not an id of nist-800-53r5: "ac-99"',
    ])
      expect(told).toContain(part);
    expect(told).not.toMatch(/^1: /m);
    expect(await ids(vault)).not.toContain('house');
  });

  it('a bomb of anchors, a file of 50 MB, a picture and a file that went away', async () => {
    const vault = await newVault();
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefghi'
      .split('')
      .map((name, index) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index]}`).join(',')}]`)
      .join('\n')}\n`;
    expect(faultsOf(await inspect(vault, 'bomb.yaml', bomb))[0]).toMatch(/aliases/);
    const huge = join(temporaryFolder(), 'huge.yaml');
    writeFileSync(huge, '');
    truncateSync(huge, 50 * 1024 * 1024);
    const refused = await errorOf(vault.call('packs.inspect', { tokens: [vault.hand(huge, 'read')] }));
    expect(refused).toMatchObject({ code: 'pack.invalid', hint: expect.stringContaining('52,428,800 bytes') as string });
    expect(faultsOf(await inspect(vault, 'large.yaml', `# ${'x'.repeat(9 * 1024 * 1024)}`))[0]).toMatch(/at most/);
    expect(faultsOf(await inspect(vault, 'picture.yaml', new Uint8Array([0x89, 0x50, 0, 0xff])))[0]).toMatch(/not a text/);
    expect(await codeOf(vault.call('packs.inspect', { tokens: [vault.hand('/nowhere/x.yaml', 'read')] }))).toBe('pack.invalid');
    expect(
      faultsOf(await vault.call('packs.inspect', { tokens: [vault.file('a.yaml', 'a: 1'), vault.file('b.yaml', 'a: 1')] }))[0],
    ).toMatch(/Choose one file/);
  });

  it('XLSX: merged cells and formulas with their cell, in one run with what the rows lack', async () => {
    const vault = await newVault();
    const rows = [
      titles,
      row(full),
      row({ 'Control id': 'd-1', Question: 'And at night?' }),
      row({ ...full, 'Control id': '1st', Citations: 'GDPR 5' }),
    ];
    const bytes = workbook(rows, (sheet) => {
      sheet['!merges'] = [{ s: { r: 1, c: 0 }, e: { r: 2, c: 0 } }];
      sheet.F2 = { t: 's', v: 'Doors are locked.', f: 'CONCAT("Doors"," are locked.")' };
    });
    const told = faultsOf(await inspect(vault, 'doors.xlsx', bytes));
    expect(told).toEqual(
      expect.arrayContaining([
        'Controls!A2: Merged cells A2:A3: give every row its own value.',
        expect.stringMatching(/^Controls!F2: A formula \(=CONCAT/) as string,
        expect.stringMatching(/^Controls!B4: .*token/) as string,
        expect.stringMatching(/^Controls!C4: Not the shape of such a citation/) as string,
      ]),
    );
  });

  it('XLSX: damaged, empty, too large when unpacked, or a workbook without the columns', async () => {
    const vault = await newVault();
    const good = workbook([titles, row(full)]);
    expect((await inspect(vault, 'good.xlsx', good)).ok).toBe(true);
    expect(faultsOf(await inspect(vault, 'cut.xlsx', good.slice(0, good.length / 2)))[0]).toMatch(/cannot be read/);
    expect(faultsOf(await inspect(vault, 'other.zip', zipSync({ 'a.txt': new Uint8Array(3) })))[0]).toMatch(
      /cannot be read|no filled sheet/,
    );
    const bomb = await zerosArchive({ 'xl/a.bin': 120 * 1024 * 1024 });
    expect(faultsOf(await inspect(vault, 'bomb.xlsx', bomb))[0]).toMatch(/unpacks to more/);
    const columns = faultsOf(
      await inspect(
        vault,
        'x.xlsx',
        workbook([
          ['Control id', 'Colour', 'Control id'],
          ['a', 'b', 'c'],
        ]),
      ),
    );
    expect(columns).toEqual(
      expect.arrayContaining([
        expect.stringContaining('Unknown column "Colour"'),
        expect.stringContaining('there twice'),
        expect.stringContaining('The column "Question" is missing'),
      ]),
    );
  });

  it('CSV: broken quotes, contradicting rows and rows without an id', async () => {
    const vault = await newVault();
    const csv = (...rows: string[][]) => [titles, ...rows].map((cells) => cells.map((cell) => `"${cell}"`).join(';')).join('\r\n');
    expect((await inspect(vault, 'doors.csv', csv(row(full)))).ok).toBe(true);
    expect(faultsOf(await inspect(vault, 'doors.csv', `${titles.join(',')}\n"open`))[0]).toMatch(/^2: Not a well-formed CSV/);
    const told = faultsOf(
      await inspect(
        vault,
        'doors.csv',
        csv(
          row({ ...full, 'Control id': '' }),
          row(full),
          row({ ...full, Control: 'Windows', Question: 'Shut?' }),
          row({ ...full, 'Control id': 'd-2', Crosswalk: 'alone', Weight: 'heavy' }),
        ),
      ),
    );
    expect(told).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^2: The control has no id/),
        expect.stringMatching(/^4: Differs from the first row of the control "d-1", which has "Locks"/),
        expect.stringMatching(/^5: A link is a framework, an id and a source; found "alone"/),
        expect.stringMatching(/^5: .*number.*found "heavy"/),
      ]),
    );
  });

  it('OSCAL: a profile alone is refused, with its catalog it is kept', async () => {
    const vault = await newVault();
    const text = JSON.stringify(profile);
    expect(faultsOf(await inspect(vault, 'night.json', text))[0]).toMatch(/house_catalog/);
    const tokens = [vault.file('night.json', text), vault.file('house_catalog.json', JSON.stringify(catalog))];
    const result = await vault.call('packs.inspect', { tokens });
    if (!result.ok) throw new Error(faultsOf(result).join('\n'));
    const entry = await save(vault, { content: result.content, origin: result.origin, file: result.file });
    expect(entry).toMatchObject({ id: 'night', controls: 2, origin: 'oscal', file: 'night.json, house_catalog.json' });
  });
});

describe('tables', () => {
  const csv = (...rows: string[][]) => [titles, ...rows].map((cells) => cells.map((cell) => `"${cell}"`).join(',')).join('\n');

  it('take a control’s facts from its first row, repeat them or leave them out, and keep several lines in a cell', async () => {
    const vault = await newVault();
    const first = row({
      ...full,
      Citations: 'House 1\nGDPR Art. 5',
      Crosswalk: 'house 164.402(A_b)',
      Weight: '5',
      Examine: 'Doors',
      Requirement: 'Recommended',
    });
    const result = await inspect(
      vault,
      'doors.csv',
      csv(
        first,
        row({ Question: 'Is it shut?' }),
        row({}),
        row({ ...full, Question: 'Is it shut at night?', Objective: 'Doors are locked.', Citations: '' }),
      ),
    );
    if (!result.ok) throw new Error(faultsOf(result).join('\n'));
    expect(result.content.sections[0]?.controls).toMatchObject([
      {
        citations: ['House 1', 'GDPR Art. 5'],
        requirement: 'recommended',
        weight: 5,
        crosswalk: [{ framework: 'house', id: '164.402(A b)', source: 'own judgement' }],
        methods: [{ method: 'examine', what: 'Doors' }],
        questions: [{ id: 'q1' }, { id: 'q2', text: 'Is it shut?' }, { id: 'q3' }],
      },
    ]);
  });

  it('tell a missing section, a control without a question and what a later row says otherwise', async () => {
    const vault = await newVault();
    const told = faultsOf(
      await inspect(
        vault,
        'doors.csv',
        csv(row({ ...full, Section: '', Question: '' }), row({ 'Control id': 'd-1', Question: 'Late?', 'Why this weight': 'It is new.' })),
      ),
    );
    expect(told).toEqual(
      expect.arrayContaining([
        '2: The first control names no section.',
        expect.stringMatching(/^2: Too small/) as string,
        '3: Differs from the first row of the control "d-1", which has nothing.',
      ]),
    );
  });

  it('of a workbook may stand on its first sheet, and say of the checklist what they like', async () => {
    const vault = await newVault();
    const book = utils.book_new();
    utils.book_append_sheet(book, utils.aoa_to_sheet([titles, row({ ...full, Weight: '2' })]), 'My rules');
    utils.book_append_sheet(
      book,
      utils.aoa_to_sheet([
        ['Title', 'Doors'],
        ['Colour', 'red'],
        ['Version', '2.0.0'],
      ]),
      'Checklist',
    );
    const result = await inspect(vault, 'x.xlsx', new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer));
    expect(result).toMatchObject({ ok: true, content: { id: 'x', title: 'Doors', version: '2.0.0', summary: 'Doors' } });
  });

  it('are read in UTF-16 too, and an empty or huge workbook is told', async () => {
    const vault = await newVault();
    const text = csv(row(full));
    expect((await inspect(vault, 'doors.csv', new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le')))).ok).toBe(true);
    const swapped = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
    expect((await inspect(vault, 'doors.csv', new Uint8Array(swapped))).ok).toBe(true);
    expect(faultsOf(await inspect(vault, 'empty.xlsx', workbook([])))[0]).toMatch(/no filled sheet|is missing/);
    const large = new Uint8Array(17 * 1024 * 1024);
    large.set([0x50, 0x4b, 0x03, 0x04]);
    expect(faultsOf(await inspect(vault, 'large.xlsx', large))[0]).toMatch(/at most 16,777,216 bytes are read/);
  });
});
