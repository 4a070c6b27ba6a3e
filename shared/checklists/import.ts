import type { PackOrigin } from '../domain/pack-entry.ts';
import type { PackFault } from '../domain/pack-fault.ts';
import type { PackReading } from './judge.ts';
import { largestOscalFile } from './oscal/read.ts';
import type { Cell } from './table.ts';

/** Bytes of one file with a checklist; larger ones are refused before they are read. */
export const largestImport = largestOscalFile;

/** A picked file. */
export interface ImportFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** A checklist as it was read from files, whatever their kind. */
export interface ImportReading {
  readonly origin: Exclude<PackOrigin, 'shipped' | 'written' | 'tailored'>;
  readonly reading: PackReading;
}

/** A table as CSV, or where it is not well-formed. */
export type CsvReading =
  | { readonly ok: true; readonly rows: readonly (readonly Cell[])[] }
  | { readonly ok: false; readonly faults: readonly PackFault[] };
