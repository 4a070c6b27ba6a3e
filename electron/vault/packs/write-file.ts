import { randomUUID } from 'node:crypto';
import { stringify } from 'yaml';
import { catalogFromPack } from '../../../shared/checklists/oscal/to-catalog.ts';
import { tableFromPack } from '../../../shared/checklists/table.ts';
import type { Pack } from '../../../shared/domain/control.ts';
import type { PackFormat, PackSignature } from '../../../shared/domain/pack-entry.ts';
import { writeCsv } from './csv.ts';
import { writeWorkbook } from './workbook.ts';

/** A checklist as a file that can be read again: YAML with its signature, a table, or an OSCAL catalog. */
export function writePack(pack: Pack, signature: PackSignature | null, format: PackFormat): string | Uint8Array {
  if (format === 'xlsx') return writeWorkbook(tableFromPack(pack), pack);
  if (format === 'csv') return writeCsv(tableFromPack(pack));
  if (format === 'oscal') return `${JSON.stringify(catalogFromPack(pack, randomUUID(), new Date().toISOString()), null, 2)}\n`;
  const { hash: _, ...content } = pack;
  return stringify(
    { ...content, ...(signature === null ? {} : { signature }) },
    { lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' },
  );
}

/** An empty table to fill in, with one control as an example. */
export function writeTemplate(format: 'xlsx' | 'csv', today: string): string | Uint8Array {
  const rows = tableFromPack({ sections: [{ id: 'access', title: 'Access', controls: [example] }] });
  const head = {
    id: 'my-checklist',
    version: '1.0.0',
    title: 'My checklist',
    summary: 'What this checklist is for.',
    sources: [{ title: 'Handbook', citation: 'Information security handbook', asOf: today }],
  };
  return format === 'xlsx' ? writeWorkbook(rows, head) : writeCsv(rows);
}

const example = {
  id: 'access-1',
  citations: ['Information security handbook 4.2'],
  group: 'Access',
  title: 'Leavers',
  requirement: 'required' as const,
  objective: 'Nobody who has left can sign in: every account is closed within 24 hours after the last working day.',
  questions: [
    {
      id: 'q1',
      text: 'Were the accounts of the last 25 leavers closed within 24 hours after their last working day?',
      good: 'All 25 within 24 hours, by the time stamps of the directory.',
      evidence: 'Leaver list of personnel beside the directory export',
    },
    {
      id: 'q2',
      text: 'Does personnel tell the service desk of a leaver before the last working day?',
      good: 'A ticket dated before the last day for each of 10 leavers drawn at random.',
      evidence: 'Ten tickets with their dates',
    },
  ],
  methods: [
    { method: 'examine' as const, what: 'Leaver list and directory export.' },
    { method: 'test' as const, what: 'Look up 10 leavers in the directory.' },
  ],
  expectedEvidence: ['Leaver list', 'Directory export'],
  commonFailures: ['Accounts of contractors are not on the list of personnel.'],
  guidance: { small: 'One list, checked by the owner on the last day.', large: 'Closing is triggered by the personnel system.' },
  weight: 4,
  weightReason: 'An open account of a leaver is a way in that nobody watches.',
  crosswalk: [{ framework: 'nist-800-53r5', id: 'ps-4', source: 'own judgement' }],
};
