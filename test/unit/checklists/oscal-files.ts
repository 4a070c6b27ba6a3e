import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PackReading } from '../../../shared/checklists/judge.ts';
import { catalog, profile } from '../../fixtures/oscal.ts';

/** The house's catalog and profile as files, and what was read from files. */

export const json = (value: unknown) => JSON.stringify(value, null, 1);
export const catalogFile = { name: 'house_catalog.json', text: json(catalog) };
export const profileFile = { name: 'night.json', text: json(profile) };

export function content(reading: PackReading) {
  if (!reading.ok) throw new Error(reading.faults.map((fault) => fault.message).join('\n'));
  return reading.content;
}

export function faults(reading: PackReading) {
  return reading.ok ? [] : reading.faults.map(({ file, line, message }) => `${file}:${line} ${message}`);
}

export const controls = (reading: PackReading) => content(reading).sections.flatMap((section) => section.controls);

/** A document as text, after `work` changed a copy of it. */
export const changed = <Document>(value: Document, work: (copy: Document) => void) => {
  const copy = JSON.parse(json(value)) as Document;
  work(copy);
  return json(copy);
};

/** The official examples, which may be absent. */
export const examples = join(import.meta.dirname, '..', '..', '..', '..', 'shared', 'oscal', 'examples');
export const example = (name: string) => ({ name, text: readFileSync(join(examples, name), 'utf8') });
/** The resolved LOW baseline of SP 800-53. */
export const low = 'NIST_SP-800-53_rev5_LOW-baseline-resolved-profile_catalog-min.json';
