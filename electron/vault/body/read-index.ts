import { parse } from 'csv-parse/sync';
import { type Derivation, derivations, isReversedPeriod } from '../../../shared/domain/evidence.ts';
import type { ControlReference } from '../../../shared/domain/ids.ts';
import { unguardCell } from '../../../shared/domain/spreadsheet-cell.ts';
import { ExpectedError } from '../../../shared/ipc/errors.ts';
import { evidenceFields } from '../../../shared/ipc/evidence.ts';
import type { AttachmentDetails } from '../evidence-attach.ts';
import type { BodySource } from './source.ts';

/** What the papers of a body of evidence say: its index and its checksums. */

export type IndexRow = Readonly<Record<string, string | undefined>>;

/** The rows of the index. Error: `evidence.unreadable`. */
export async function readIndex(source: BodySource): Promise<IndexRow[]> {
  const index = await source.index();
  let columns: readonly string[] = [];
  let rows: IndexRow[];
  try {
    rows = parse(Buffer.from(index), {
      bom: true,
      columns: (head: string[]) => {
        columns = head;
        return head;
      },
      cast: unguardCell,
      // Left by an editor or a spreadsheet.
      skip_records_with_empty_values: true,
      relax_column_count: true,
    }) as IndexRow[];
  } catch {
    throw new ExpectedError('evidence.unreadable', 'Its INDEX.csv is not a table.');
  }
  if (!columns.includes('path') || !columns.includes('sha256'))
    throw new ExpectedError('evidence.unreadable', 'Its INDEX.csv has no columns "path" and "sha256".');
  return rows;
}

/** Where each content lies, by its SHA-256: a piece of several controls lies at each of them. */
export function readPlaces(sums: Uint8Array | null): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, string[]>();
  for (const line of Buffer.from(sums ?? [])
    .toString('utf8')
    .split('\n')) {
    const [, sha256 = '', path = ''] = /^([0-9a-f]{64}) [ *](.+?)\r?$/.exec(line) ?? [];
    if (path === '') continue;
    const known = places.get(sha256);
    if (known === undefined) places.set(sha256, [path]);
    else known.push(path);
  }
  return places;
}

/** The controls that a row names. */
export function controlsIn({ controls = '' }: IndexRow): ControlReference[] {
  return controls.split(/\r?\n/).flatMap(toReference);
}

function toReference(key: string): ControlReference[] {
  const slash = key.indexOf('/');
  return slash <= 0 ? [] : [{ packId: key.slice(0, slash), controlId: key.slice(slash + 1) }];
}

export interface Described {
  readonly details: AttachmentDetails;
  /** Columns of which the piece says nothing that can be used. */
  readonly unusable: readonly string[];
}

/** Fields of a piece and the columns they stand in. */
const columnsOf = {
  title: 'title',
  description: 'description',
  source: 'source',
  collector: 'collector',
  method: 'method',
  sensitivity: 'sensitivity',
  retainUntil: 'keep until',
  collectedAt: 'collected at',
  effectiveFrom: 'effective from',
  effectiveTo: 'effective to',
  tags: 'tags',
} as const;
type Field = keyof typeof columnsOf;

/** Left empty, these are empty; otherwise whoever takes the piece in would be its collector, and it would get a day until which it is kept. */
const mayBeEmpty: readonly Field[] = ['collector', 'retainUntil'];

/** What the index says of a piece, as far as it is well formed; the rest begins as for any new piece. */
export function describedIn(row: IndexRow): Described {
  const unusable: string[] = [];
  const whole = (Object.keys(columnsOf) as Field[]).flatMap((field) => {
    const written = row[columnsOf[field]];
    if (written === undefined || (written === '' && !mayBeEmpty.includes(field))) return [];
    const parsed = evidenceFields.shape[field].safeParse(meant(field, written));
    if (parsed.success) return [[field, parsed.data]];
    unusable.push(columnsOf[field]);
    return [];
  });
  const details = Object.fromEntries(whole) as AttachmentDetails;
  const { effectiveFrom = '', effectiveTo = '', ...others } = details;
  const isReversed = isReversedPeriod({ effectiveFrom, effectiveTo });
  if (isReversed) unusable.push(columnsOf.effectiveFrom, columnsOf.effectiveTo);
  const derivation = derivationOf(row);
  return { details: { ...(isReversed ? others : details), ...(derivation === '' ? {} : { derivation }) }, unusable };
}

function meant(field: Field, written: string): string | readonly string[] {
  if (field === 'sensitivity') return written.trim().toLowerCase().replace(/\s+/g, '-');
  if (field !== 'tags') return written;
  return written
    .split(',')
    .map((tag) => tag.trim())
    .filter(Boolean);
}

/** How the piece was made from another one, or empty. */
export function derivationOf(row: IndexRow): Derivation | '' {
  return derivations.find((derivation) => derivation === row['made as']) ?? '';
}
