import type { DatabaseFile, ReadableDatabase, Row, SqlQuery, SqlValue } from './sql.ts';
import { sql } from './sql.ts';

/** Whether a file's pages, rows and indexes hold together. */

/** What SQLite itself says of a whole file, in one statement that reads all of it. Empty when nothing is wrong. */
export function structureProblems({ raw }: DatabaseFile): string[] {
  try {
    return raw
      .pragma('integrity_check(100)')
      .map((row) => String(Object.values(row)[0]))
      .filter((row) => row !== 'ok');
  } catch (error) {
    return [messageOf(error)];
  }
}

/** Problems that are named at most, as SQLite does. */
const mostProblems = 100;
/** How long one step may hold up other calls, and the rows of the first and of the largest one. */
const stepMilliseconds = 20;
const firstStep = 8;
const largestStep = 4096;

/**
 * The same of the chunk file, however large it is, in steps between which `pause` lets other calls run: every row of its two tables
 * is where its number says, has the types it must have, and is found by its index; every entry of an index leads to its row. What
 * lies in the chunks is not read, and neither are the lists of pages that are free or were moved: SQLite reads those in one go only.
 */
export async function chunkStructureProblems(chunks: ReadableDatabase, pause: () => Promise<void>): Promise<string[]> {
  const problems: string[] = [];
  for (const walk of walks) {
    try {
      for await (const found of walkThrough(chunks, walk, pause)) if (problems.length < mostProblems) problems.push(found);
    } catch (error) {
      if (!isOfDatabase(error)) throw error;
      problems.push(messageOf(error));
    }
  }
  return problems;
}

/** One way through a table or an index, by two columns that grow together. */
interface Walk {
  readonly from: Place;
  next(after: Place, limit: number): SqlQuery;
  /** What is wrong with a row that is not `found`. */
  broken(row: Place): string;
}

type Place = readonly [SqlValue, SqlValue];

const smallest = Number.MIN_SAFE_INTEGER;

const walks: readonly Walk[] = [
  {
    from: [smallest, 0],
    next: ([number], limit) =>
      sql`SELECT number AS first, 0 AS second, typeof(id) = 'text' AND EXISTS (
            SELECT 1 FROM object AS entry INDEXED BY sqlite_autoindex_object_1 WHERE entry.id = object.id AND entry.number = object.number
          ) AS found FROM object NOT INDEXED WHERE number > ${number} ORDER BY number LIMIT ${limit}`,
    broken: ([number]) => `row ${number} of object is missing from its index or not of its types`,
  },
  {
    from: ['', 0],
    next: ([id], limit) =>
      sql`SELECT id AS first, 0 AS second, EXISTS (
            SELECT 1 FROM object AS row NOT INDEXED WHERE row.number = object.number AND row.id = object.id
          ) AS found FROM object INDEXED BY sqlite_autoindex_object_1 WHERE id > ${id} ORDER BY id LIMIT ${limit}`,
    broken: ([id]) => `entry ${id} of the index of object leads to no row`,
  },
  {
    from: [smallest, 0],
    next: ([number], limit) =>
      sql`SELECT number AS first, 0 AS second, typeof(object) = 'integer' AND typeof(position) = 'integer' AND typeof(data) = 'blob' AND EXISTS (
            SELECT 1 FROM chunk AS entry INDEXED BY sqlite_autoindex_chunk_1
            WHERE entry.object = chunk.object AND entry.position = chunk.position AND entry.number = chunk.number
          ) AS found FROM chunk NOT INDEXED WHERE number > ${number} ORDER BY number LIMIT ${limit}`,
    broken: ([number]) => `row ${number} of chunk is missing from its index or not of its types`,
  },
  {
    from: [smallest, 0],
    next: ([object, position], limit) =>
      sql`SELECT object AS first, position AS second, EXISTS (
            SELECT 1 FROM chunk AS row NOT INDEXED WHERE row.number = chunk.number AND row.object = chunk.object AND row.position = chunk.position
          ) AS found FROM chunk INDEXED BY sqlite_autoindex_chunk_1
          WHERE (object, position) > (${object}, ${position}) ORDER BY object, position LIMIT ${limit}`,
    broken: ([object, position]) => `entry ${object} ${position} of the index of chunk leads to no row`,
  },
];

/** Yields what is wrong. */
async function* walkThrough(chunks: ReadableDatabase, { from, next, broken }: Walk, pause: () => Promise<void>): AsyncGenerator<string> {
  let step = firstStep;
  for (let place = from; ; ) {
    const started = performance.now();
    const rows = chunks.all<Row>(next(place, step));
    for (const { first = null, second = null, found } of rows) {
      if (!isAfter([first, second], place)) {
        // To go on from here might never end.
        yield `row ${first} ${second} is not in order`;
        return;
      }
      place = [first, second];
      if (found !== 1) yield broken(place);
    }
    if (rows.length < step) return;
    step = performance.now() - started > stepMilliseconds ? Math.max(1, step >> 1) : Math.min(largestStep, step << 1);
    await pause();
  }
}

function isAfter([first, second]: Place, [firstBefore, secondBefore]: Place): boolean {
  if (first === null || firstBefore === null) return false;
  return first === firstBefore ? Number(second) > Number(secondBefore) : first > firstBefore;
}

/** Whether the database's library threw this. */
export function isOfDatabase(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('sqlite error');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : 'not readable';
}
