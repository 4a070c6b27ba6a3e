import { existsSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { tableColumns } from '../../shared/checklists/table.ts';
import type { PackDraftContent } from '../../shared/domain/pack-entry.ts';
import type { Payload } from '../../shared/ipc/contract.ts';
import type { ImportResult } from '../../shared/ipc/packs.ts';
import { catalog, profile } from '../fixtures/oscal.ts';
import { codeOf, newVault, reopen, type TestVault, temporaryFolder } from './fixture.ts';
import { ben, errorOf } from './helpers.ts';

const control = {
  id: 'a-1',
  citations: ['Handbook 4.2'],
  group: 'Access',
  title: 'Leavers',
  requirement: 'required' as const,
  objective: 'Accounts close within 24 hours.',
  questions: [
    { id: 'q1', text: 'Were 25 of 25 accounts of leavers closed in time?', good: 'All 25.', evidence: 'Export' },
    { id: 'q2', text: 'Does personnel tell the desk before the last day?', good: 'Ten tickets.', evidence: 'Tickets' },
  ],
  methods: [{ method: 'examine' as const, what: 'The export' }],
  expectedEvidence: ['Export'],
  commonFailures: ['Contractors are not listed.'],
  guidance: { small: 'A list.', large: 'A feed.' },
  weight: 4,
  weightReason: 'A way in.',
  crosswalk: [{ framework: 'hipaa-security', id: 'hipaa-164.308-a-3-ii-C', source: 'own judgement' }],
};
const content = {
  id: 'house',
  version: '1.0.0',
  title: 'House rules',
  summary: 'What we ask.',
  sources: [{ title: 'Handbook', citation: 'Handbook 2026', asOf: '2026-01-01' }],
  sections: [
    {
      id: 'access',
      title: 'Access',
      controls: [
        control,
        {
          ...control,
          id: 'a-2',
          title: 'Joiners',
          crosswalk: [],
          questions: [{ id: 'q1', text: 'Is each account asked for in writing?', good: '', evidence: '' }],
        },
      ],
    },
  ],
};
type Content = Payload<'packs.save'>['content'];
const copyOf = (work: (copy: Content) => void = () => undefined): Content => {
  const copy = JSON.parse(JSON.stringify(content)) as Content;
  work(copy);
  return copy;
};

const inspect = (vault: TestVault, name: string, text: string | Uint8Array) =>
  vault.call('packs.inspect', { tokens: [vault.file(name, text)] });
const save = (vault: TestVault, fields: Partial<Payload<'packs.save'>> = {}) =>
  vault.call('packs.save', { content: copyOf(), origin: 'yaml', ...fields });
const faultsOf = (result: ImportResult) => (result.ok ? [] : result.faults.map(({ line, cell, message }) => `${cell ?? line}: ${message}`));
const ids = async (vault: TestVault) => (await vault.call('packs.list', {})).map((entry) => entry.id);

async function exported(vault: TestVault, packId: string, format: Payload<'packs.export'>['format']): Promise<Uint8Array> {
  const path = join(temporaryFolder(), `pack.${format}`);
  await vault.call('packs.export', { packId, format, token: vault.hand(path, 'write') });
  return readFileSync(path);
}

function workbook(rows: unknown[][], change: (sheet: Record<string, unknown>) => void = () => undefined): Uint8Array {
  const book = utils.book_new();
  const sheet = utils.aoa_to_sheet(rows);
  change(sheet as never);
  utils.book_append_sheet(book, sheet, 'Controls');
  return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer);
}

const titles = tableColumns.map((column) => column.title);
const row = (cells: Partial<Record<(typeof titles)[number], string>>) => titles.map((title) => cells[title] ?? '');
const full = {
  Section: 'Doors',
  'Control id': 'd-1',
  Citations: 'House 1',
  Control: 'Locks',
  Objective: 'Doors are locked.',
  Question: 'Is it locked?',
};

describe('a checklist of one’s own', () => {
  it('is read from YAML, shown, kept, listed and used by an audit that keeps it for good', async () => {
    const vault = await newVault();
    const result = await inspect(vault, 'house.yaml', stringify(content));
    expect(result).toMatchObject({ ok: true, origin: 'yaml', file: 'house.yaml', signature: null });
    expect(result.ok && result.advice.map((fault) => fault.message)).toContain('Has 1 question; a control asks 2 to 8.');
    expect(await ids(vault)).not.toContain('house');
    const entry = await save(vault, { file: 'house.yaml' });
    expect(entry).toMatchObject({
      id: 'house',
      controls: 2,
      questions: 3,
      origin: 'yaml',
      file: 'house.yaml',
      signature: null,
      base: null,
    });
    const audit = await vault.call('audits.create', {
      title: 'A',
      organisation: 'B',
      periodFrom: '',
      periodTo: '',
      packIds: ['house', 'hipaa-security'],
    });
    const detail = await vault.call('answers.get', { auditId: audit.id, packId: 'house', controlId: 'a-1' });
    expect(detail.related.map((relative) => relative.controlId)).toContain('hipaa-164.308-a-3-ii-C');
    await vault.call('packs.remove', { packId: 'house' });
    expect(await ids(vault)).not.toContain('house');
    vault.close();
    const again = await reopen(vault.folder);
    expect((await again.call('audits.pack', { auditId: audit.id, packId: 'house' })).hash).toBe(entry.hash);
    await save(again);
    expect(await ids(again)).toContain('house');
  });

  it('never replaces a version: other content needs another version, a shipped id another id', async () => {
    const vault = await newVault();
    await save(vault);
    await save(vault);
    expect(await codeOf(save(vault, { content: copyOf((copy) => Object.assign(copy, { title: 'Other' })) }))).toBe('pack.exists');
    await save(vault, { content: copyOf((copy) => Object.assign(copy, { title: 'Other', version: '1.10.0' })) });
    await save(vault, { content: copyOf((copy) => Object.assign(copy, { version: '1.9.0' })) });
    expect((await vault.call('packs.get', { packId: 'house' })).entry).toMatchObject({ version: '1.10.0', title: 'Other' });
    expect(await codeOf(save(vault, { content: copyOf((copy) => Object.assign(copy, { id: 'hipaa-security' })) }))).toBe('pack.exists');
    expect(await codeOf(vault.call('packs.remove', { packId: 'hipaa-security' }))).toBe('pack.unknown');
    expect(await codeOf(vault.call('packs.get', { packId: 'nothing' }))).toBe('pack.unknown');
  });

  it('is for writers to keep and remove', async () => {
    const vault = await newVault();
    await vault.call('people.add', { ...ben, role: 'reviewer' });
    vault.close();
    const reviewer = await reopen(vault.folder, ben.name, ben.passphrase);
    expect(await codeOf(save(reviewer))).toBe('person.not-allowed');
    expect(await codeOf(reviewer.call('packs.remove', { packId: 'house' }))).toBe('person.not-allowed');
    expect(await codeOf(reviewer.call('packs.startDraft', { packId: null }))).toBe('person.not-allowed');
  });

  it.each(['yaml', 'csv', 'xlsx', 'oscal'] as const)('goes out as %s and is read back with the same controls', async (format) => {
    const vault = await newVault();
    await save(vault);
    const bytes = await exported(vault, 'house', format);
    const result = await inspect(vault, `back.${format === 'oscal' ? 'json' : format}`, bytes);
    if (!result.ok) throw new Error(faultsOf(result).join('\n'));
    const controls = result.content.sections.flatMap((section) => section.controls);
    expect(controls.map(({ group: _, ...rest }) => rest)).toEqual(content.sections[0]?.controls.map(({ group: _, ...rest }) => rest));
    if (format !== 'csv') expect(result.content).toMatchObject({ title: 'House rules', version: '1.0.0' });
  });

  it.each(['csv', 'xlsx'] as const)('can be begun from a %s template that is itself without a fault', async (format) => {
    const vault = await newVault();
    const path = join(temporaryFolder(), `template.${format}`);
    await vault.call('packs.template', { format, token: vault.hand(path, 'write') });
    expect(await inspect(vault, `template.${format}`, readFileSync(path))).toMatchObject({ ok: true, origin: 'table', advice: [] });
  });

  it('is compared with every other checklist', async () => {
    const vault = await newVault();
    await save(vault);
    expect(await vault.call('packs.coverage', {})).toContainEqual({ from: 'house', to: 'hipaa-security', covered: 1, controls: 2 });
  });
});

describe('a signature', () => {
  it('says who wrote it and travels with the file', async () => {
    const vault = await newVault();
    const entry = await save(vault, { sign: true });
    expect(entry.signature).toMatchObject({ signer: expect.stringContaining('Ada Lindqvist') as string });
    const file = await exported(vault, 'house', 'yaml');
    const other = await newVault();
    const result = await inspect(other, 'house.yaml', file);
    if (!result.ok || result.signature === null) throw new Error('No signature');
    await save(other, { content: result.content, signature: result.signature });
    expect((await other.call('packs.get', { packId: 'house' })).entry.signature?.fingerprint).toBe(entry.signature?.fingerprint);
  });

  it('can be given to a version that was kept without one, and is not lost when it is kept again', async () => {
    const vault = await newVault();
    expect((await save(vault)).signature).toBeNull();
    expect((await save(vault, { sign: true })).signature).not.toBeNull();
    expect((await save(vault)).signature).not.toBeNull();
  });

  it('that does not fit is refused, also when one letter changed or somebody else is named', async () => {
    const vault = await newVault();
    await save(vault, { sign: true });
    const text = Buffer.from(await exported(vault, 'house', 'yaml')).toString('utf8');
    for (const changed of [
      text.replace('Leavers', 'Leaver'),
      text.replace(/signer: ".*"/, 'signer: "CN=Someone"'),
      text.replace(/signedAt: ".*"/, 'signedAt: "2020-01-01T00:00:00.000Z"'),
    ]) {
      expect(changed).not.toBe(text);
      expect(faultsOf(await inspect(vault, 'house.yaml', changed))[0]).toMatch(/signature does not fit/);
    }
    const { signature } = (await inspect(vault, 'house.yaml', text)) as unknown as { signature: never };
    const other = await save(vault, { content: copyOf((copy) => Object.assign(copy, { version: '2.0.0' })), signature });
    expect(other.signature).toBeNull();
  });
});

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
    expect(refused).toMatchObject({ code: 'pack.invalid', hint: expect.stringContaining('52428800 bytes') as string });
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
    const bomb = zipSync({ 'xl/a.bin': new Uint8Array(120 * 1024 * 1024) }, { level: 9 });
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
    expect(faultsOf(await inspect(vault, 'large.xlsx', large))[0]).toMatch(/at most 16777216 are read/);
  });
});

describe('writing a checklist in the app', () => {
  const fill = (draftId: string, value: unknown, reasons: Record<string, string> = {}) => ({
    draftId,
    content: value as PackDraftContent as never,
    reasons,
  });

  it('keeps what is typed, tells what is missing, and becomes a version of the library', async () => {
    const vault = await newVault();
    const draft = await vault.call('packs.startDraft', { packId: null });
    const state = await vault.call('packs.saveDraft', fill(draft.id, { ...draft.content, title: 'Half' }));
    expect(state.faults.some((fault) => fault.severity === 'error')).toBe(true);
    expect(await codeOf(vault.call('packs.publishDraft', { draftId: draft.id, sign: false }))).toBe('pack.invalid');
    vault.close();
    const again = await reopen(vault.folder);
    expect((await again.call('packs.getDraft', { draftId: draft.id })).draft.content.title).toBe('Half');
    expect((await again.call('packs.saveDraft', fill(draft.id, content))).faults.filter((fault) => fault.severity === 'error')).toEqual([]);
    expect(await again.call('packs.publishDraft', { draftId: draft.id, sign: true })).toMatchObject({
      id: 'house',
      origin: 'written',
      signature: { signer: expect.any(String) as string },
    });
    expect(await again.call('packs.drafts', {})).toEqual([]);
    expect(await codeOf(again.call('packs.getDraft', { draftId: draft.id }))).toBe('pack.draft-unknown');
    // The next version starts from this one.
    expect((await again.call('packs.startDraft', { packId: 'house' })).content).toMatchObject({ id: 'house', version: '1.1.0' });
  });

  it('tailors a shipped checklist: every control added, removed or reworded has its reason', async () => {
    const vault = await newVault();
    const draft = await vault.call('packs.startDraft', { packId: 'production-readiness' });
    expect(draft).toMatchObject({ base: { packId: 'production-readiness' }, content: { id: 'production-readiness-tailored' } });
    const sections = JSON.parse(JSON.stringify(draft.content.sections)) as Content['sections'];
    const [removed] = sections[0]?.controls.splice(0, 1) ?? [];
    const reworded = sections[0]?.controls[0];
    Object.assign(reworded ?? {}, { objective: 'It is as we want it.' });
    sections[0]?.controls.push({ ...control, id: 'own-1', crosswalk: [] });
    const tailored = { ...draft.content, sections };
    const { differences } = await vault.call('packs.saveDraft', fill(draft.id, tailored));
    expect(differences).toEqual([
      { kind: 'changed', controlId: reworded?.id },
      { kind: 'added', controlId: 'own-1' },
      { kind: 'removed', controlId: removed?.id },
    ]);
    expect(await codeOf(vault.call('packs.publishDraft', { draftId: draft.id, sign: false }))).toBe('pack.reason-missing');
    const reasons = Object.fromEntries(differences.map(({ kind, controlId }) => [`${kind} ${controlId}`, `Because of ${kind}`]));
    await vault.call('packs.saveDraft', fill(draft.id, tailored, { ...reasons, [`removed ${removed?.id}`]: '  ' }));
    expect(await codeOf(vault.call('packs.publishDraft', { draftId: draft.id, sign: false }))).toBe('pack.reason-missing');
    await vault.call('packs.saveDraft', { draftId: draft.id, reasons });
    const entry = await vault.call('packs.publishDraft', { draftId: draft.id, sign: false });
    expect(entry).toMatchObject({ origin: 'tailored', base: { packId: 'production-readiness', version: '1.0.0' } });
    expect(entry.changes.map((change) => change.reason).sort()).toEqual(['Because of added', 'Because of changed', 'Because of removed']);
    // Its next version is still measured against the same base.
    expect((await vault.call('packs.startDraft', { packId: entry.id })).base?.packId).toBe('production-readiness');
  });

  it('can be thrown away', async () => {
    const vault = await newVault();
    const draft = await vault.call('packs.startDraft', { packId: null });
    await vault.call('packs.discardDraft', { draftId: draft.id });
    expect(await vault.call('packs.drafts', {})).toEqual([]);
    expect(await codeOf(vault.call('packs.discardDraft', { draftId: draft.id }))).toBe('pack.draft-unknown');
  });
});

const low = join(import.meta.dirname, '../../../shared/oscal/examples/NIST_SP-800-53_rev5_LOW-baseline-resolved-profile_catalog-min.json');

it.skipIf(!existsSync(low))(
  'the resolved LOW catalog is imported, walked and exported with its ids (skipped where it is absent)',
  async () => {
    const vault = await newVault();
    const result = await vault.call('packs.inspect', { tokens: [vault.hand(low, 'read')] });
    if (!result.ok) throw new Error(faultsOf(result).join('\n'));
    const entry = await save(vault, { content: result.content, origin: result.origin, file: result.file });
    const audit = await vault.call('audits.create', {
      title: 'LOW',
      organisation: 'Agency',
      periodFrom: '',
      periodTo: '',
      packIds: [entry.id],
    });
    const { controls } = await vault.call('audits.controls', { auditId: audit.id });
    for (const { packId, controlId } of controls) {
      const { control } = await vault.call('answers.get', { auditId: audit.id, packId, controlId });
      const questions = Object.fromEntries(control.questions.map((question) => [question.id, { value: 'yes' as const, note: '' }]));
      await vault.call('answers.save', { auditId: audit.id, packId, controlId, patch: { verdict: 'compliant', questions } });
    }
    expect((await vault.call('audits.get', { auditId: audit.id })).counts.compliant).toBe(149);
    const ids = [...readFileSync(low, 'utf8').matchAll(/"id":"([a-z]{2}-\d+(?:\.\d+)?)","class":"SP800-53/g)].map((match) => match[1]);
    const back = JSON.parse(Buffer.from(await exported(vault, entry.id, 'oscal')).toString('utf8')) as {
      catalog: { groups: { controls: { id: string }[] }[] };
    };
    expect(back.catalog.groups.flatMap((group) => group.controls).map((control) => control.id)).toEqual(ids);
  },
);
