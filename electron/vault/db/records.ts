import type { Change } from '../session.ts';
import { list, name, type ReadableDatabase, type Row, type SqlQuery, type SqlValue, sql } from './sql.ts';

/** Fields of the mergeable records, by table: column and how it is stored. Only these can be written through here. */
const tables = {
  person: { name: 'text', email: 'text', role: 'text', createdAt: 'text', removedAt: 'text' },
  audit: {
    title: 'text',
    organisation: 'text',
    scope: 'text',
    sites: 'json',
    systems: 'json',
    periodFrom: 'text',
    periodTo: 'text',
    due: 'text',
    summary: 'text',
    limits: 'text',
    state: 'text',
    revision: 'integer',
    createdAt: 'text',
  },
  answer: {
    auditId: 'text',
    packId: 'text',
    controlId: 'text',
    position: 'integer',
    verdict: 'text',
    workStatus: 'text',
    rationale: 'text',
    addressableDecision: 'text',
    methods: 'json',
    interviewed: 'json',
    sample: 'json',
    questions: 'json',
    updatedAt: 'text',
    updatedBy: 'text',
  },
  evidence: {
    auditId: 'text',
    number: 'integer',
    objectId: 'text',
    title: 'text',
    description: 'text',
    originalName: 'text',
    mediaType: 'text',
    source: 'text',
    collector: 'text',
    method: 'text',
    effectiveFrom: 'text',
    effectiveTo: 'text',
    sensitivity: 'text',
    retainUntil: 'text',
    tags: 'json',
    receivedAt: 'text',
    receivedBy: 'text',
    collectedAt: 'text',
    relativePath: 'text',
    supersedes: 'text',
    derivedFrom: 'text',
    derivation: 'text',
    redactions: 'json',
    facts: 'json',
  },
  request: {
    auditId: 'text',
    number: 'integer',
    title: 'text',
    description: 'text',
    askedOf: 'text',
    askedAt: 'text',
    due: 'text',
    state: 'text',
    note: 'text',
    removed: 'integer',
    updatedAt: 'text',
    updatedBy: 'text',
  },
  expectation: {
    auditId: 'text',
    packId: 'text',
    controlId: 'text',
    text: 'text',
    evidenceId: 'text',
    removed: 'integer',
    updatedAt: 'text',
    updatedBy: 'text',
  },
  link: { auditId: 'text', kind: 'text', fromId: 'text', packId: 'text', controlId: 'text', toId: 'text', removed: 'integer' },
  finding: {
    auditId: 'text',
    number: 'integer',
    title: 'text',
    condition: 'text',
    criteria: 'text',
    cause: 'text',
    effect: 'text',
    recommendation: 'text',
    likelihood: 'integer',
    impact: 'integer',
    owner: 'text',
    due: 'text',
    response: 'text',
    state: 'text',
    removed: 'integer',
    updatedAt: 'text',
    updatedBy: 'text',
  },
  task: {
    auditId: 'text',
    number: 'integer',
    title: 'text',
    phase: 'text',
    owner: 'text',
    start: 'text',
    due: 'text',
    priority: 'text',
    progress: 'integer',
    successCriteria: 'text',
    findingId: 'text',
    dependsOn: 'json',
    removed: 'integer',
    updatedAt: 'text',
    updatedBy: 'text',
  },
  carry: {
    auditId: 'text',
    packId: 'text',
    controlId: 'text',
    fromPackId: 'text',
    fromControlId: 'text',
    requirement: 'text',
    mode: 'text',
    evidence: 'json',
    replaced: 'json',
    carriedAt: 'text',
    carriedBy: 'text',
  },
} as const satisfies Record<string, Record<string, 'text' | 'integer' | 'json'>>;

export type TableName = keyof typeof tables;
export type FieldName<Table extends TableName> = keyof (typeof tables)[Table] & string;
export type Fields<Table extends TableName> = Partial<Record<FieldName<Table>, unknown>>;

/** Bookkeeping that follows from a change and is not a change of its own. */
const derivedFields = new Set(['updatedAt', 'updatedBy']);

/** Adds a record. Its fields are logged one by one, so that copies can be merged field by field. */
export function insertRecord<Table extends TableName>(
  change: Change,
  table: Table,
  id: string,
  fields: Record<FieldName<Table>, unknown>,
): void {
  const names = Object.keys(fields) as FieldName<Table>[];
  const columns = names.map((field) => name(column(field)));
  const values = names.map((field) => bind(encode(table, field, fields[field])));
  change.database.run(sql`INSERT INTO ${name(table)} (id, ${list(columns)}) VALUES (${id}, ${list(values)})`);
  logChange(change, table, id, '*', null, fields);
}

/** Changes fields of a record and logs each with its value before and after. Returns the values before. */
export function updateRecord<Table extends TableName>(change: Change, table: Table, id: string, patch: Fields<Table>): Fields<Table> {
  const names = Object.keys(patch) as FieldName<Table>[];
  const before: Fields<Table> = {};
  if (names.length === 0) return before;
  const row = change.database.get(sql`SELECT * FROM ${name(table)} WHERE id = ${id}`);
  if (row === undefined) throw new Error(`No ${table} with this id`);
  const old = decodeRow(table, row);
  const assignments = names.map((field) => sql`${name(column(field))} = ${encode(table, field, patch[field])}`);
  change.database.run(sql`UPDATE ${name(table)} SET ${list(assignments)} WHERE id = ${id}`);
  for (const field of names) {
    before[field] = old[field];
    if (!derivedFields.has(field)) logField(change, table, id, field, old[field], patch[field]);
  }
  return before;
}

/** Takes a record out, which is logged with what it was. */
export function deleteRecord(change: Change, table: TableName, id: string): void {
  logChange(change, table, id, '*', getRecord(change.database, table, id), null);
  change.database.run(sql`DELETE FROM ${name(table)} WHERE id = ${id}`);
}

/** Answers to questions merge one by one, so each is logged as its own field. */
function logField(change: Change, table: TableName, id: string, field: string, before: unknown, after: unknown): void {
  if (table !== 'answer' || field !== 'questions') {
    logChange(change, table, id, field, before, after);
    return;
  }
  const old = before as Record<string, unknown>;
  for (const [question, value] of Object.entries(after as Record<string, unknown>)) {
    if (JSON.stringify(old[question]) !== JSON.stringify(value))
      logChange(change, table, id, `questions.${question}`, old[question] ?? null, value);
  }
}

function logChange(change: Change, entity: string, entityId: string, field: string, before: unknown, after: unknown): void {
  const { session, clock, at } = change;
  change.database.run(
    sql`INSERT INTO change (clock, copy_id, person_id, at, entity, entity_id, field, before, after)
        VALUES (${clock}, ${session.copyId}, ${session.me.id}, ${at}, ${entity}, ${entityId}, ${field}, ${JSON.stringify(before ?? null)}, ${JSON.stringify(after ?? null)})`,
  );
}

/** A record with its fields decoded, or undefined. */
export function getRecord<T>(database: ReadableDatabase, table: TableName, id: string): T | undefined {
  const row = database.get(sql`SELECT * FROM ${name(table)} WHERE id = ${id}`);
  return row === undefined ? undefined : (decodeRow(table, row) as T);
}

/** Decodes a row of a table into its fields and id, without the fields named in `without`. */
export function decodeRow<Table extends TableName>(table: Table, row: Row, ...without: FieldName<Table>[]): Record<string, unknown> {
  const decoded: Record<string, unknown> = { id: row.id };
  for (const [field, kind] of fieldsOf(table)) {
    if (without.includes(field as FieldName<Table>)) continue;
    const value = row[column(field)];
    decoded[field] = kind === 'json' ? JSON.parse(String(value)) : value;
  }
  return decoded;
}

/** Fields and their kinds by table: listed once, because lists decode thousands of rows. */
const fields = new Map<TableName, readonly [string, string][]>();

function fieldsOf(table: TableName): readonly [string, string][] {
  let found = fields.get(table);
  if (found === undefined) {
    found = Object.entries(tables[table]);
    fields.set(table, found);
  }
  return found;
}

function encode(table: TableName, field: string, value: unknown): SqlValue {
  const kind = (tables[table] as Record<string, string>)[field];
  if (kind === undefined) throw new Error(`No field ${field} in ${table}`);
  return kind === 'json' ? JSON.stringify(value) : (value as SqlValue);
}

function bind(value: SqlValue): SqlQuery {
  return sql`${value}`;
}

/** Column names by field: worked out once, because lists decode thousands of rows. */
const columns = new Map<string, string>();

function column(field: string): string {
  let found = columns.get(field);
  if (found === undefined) {
    found = field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    columns.set(field, found);
  }
  return found;
}
