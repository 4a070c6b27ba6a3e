import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { utils, write } from '@e965/xlsx';
import { tableColumns } from '../../shared/checklists/table.ts';
import type { Payload } from '../../shared/ipc/contract.ts';
import type { ImportResult } from '../../shared/ipc/packs.ts';
import { type TestVault, temporaryFolder } from './fixture.ts';

/** A checklist of one's own and the ways to bring it in, for the tests of the library and of its readers. */

export const control = {
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
export const content = {
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
export type Content = Payload<'packs.save'>['content'];
export const copyOf = (work: (copy: Content) => void = () => undefined): Content => {
  const copy = JSON.parse(JSON.stringify(content)) as Content;
  work(copy);
  return copy;
};

export const inspect = (vault: TestVault, name: string, text: string | Uint8Array) =>
  vault.call('packs.inspect', { tokens: [vault.file(name, text)] });
export const save = (vault: TestVault, fields: Partial<Payload<'packs.save'>> = {}) =>
  vault.call('packs.save', { content: copyOf(), origin: 'yaml', ...fields });
export const faultsOf = (result: ImportResult) =>
  result.ok ? [] : result.faults.map(({ line, cell, message }) => `${cell ?? line}: ${message}`);
export const ids = async (vault: TestVault) => (await vault.call('packs.list', {})).map((entry) => entry.id);

export async function exported(vault: TestVault, packId: string, format: Payload<'packs.export'>['format']): Promise<Uint8Array> {
  const path = join(temporaryFolder(), `pack.${format}`);
  await vault.call('packs.export', { packId, format, token: vault.hand(path, 'write') });
  return readFileSync(path);
}

export function workbook(rows: unknown[][], change: (sheet: Record<string, unknown>) => void = () => undefined): Uint8Array {
  const book = utils.book_new();
  const sheet = utils.aoa_to_sheet(rows);
  change(sheet as never);
  utils.book_append_sheet(book, sheet, 'Controls');
  return new Uint8Array(write(book, { type: 'array', bookType: 'xlsx' }) as ArrayBuffer);
}

export const titles = tableColumns.map((column) => column.title);
export const row = (cells: Partial<Record<(typeof titles)[number], string>>) => titles.map((title) => cells[title] ?? '');
export const full = {
  Section: 'Doors',
  'Control id': 'd-1',
  Citations: 'House 1',
  Control: 'Locks',
  Objective: 'Doors are locked.',
  Question: 'Is it locked?',
};
