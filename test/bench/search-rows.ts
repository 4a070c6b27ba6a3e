import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from '../../electron/vault/db/sql.ts';
import type { BenchOptions } from './main.ts';
import { judge, percentile, type Row, rounded } from './rows.ts';
import { type BenchVault, benchVault } from './vault.ts';

/** Pieces attached in one call. */
const together = 2000;
/** Different words of all texts, and words of one. */
const vocabulary = 20_000;
const wordsOfText = 120;
const searches = 400;

/** Searching the names and the content of many pieces, as the window does after every key. */
export async function searchRows(work: string, { pieces }: BenchOptions): Promise<Row[]> {
  const vault = await benchVault(join(work, 'search-vault'));
  try {
    await fill(vault, join(work, 'texts'), pieces);
    const taken = await timeSearches(vault);
    return [
      judge({
        row: `search in ${pieces.toLocaleString('en')} pieces, 95th percentile`,
        unit: 'ms',
        ours: rounded(percentile(taken, 0.95)),
        limit: 50,
        peers: {},
        required: { limit: 1 },
        lessIsBetter: true,
      }),
    ];
  } finally {
    vault.close();
  }
}

/** Attaches the texts as files. What the reader would have read of them is written where it is kept: there is no reader here. */
async function fill(vault: BenchVault, folder: string, pieces: number): Promise<void> {
  console.error(`Attaching ${pieces.toLocaleString('en')} texts ...`);
  const draw = words();
  const contents = new Map<string, string>();
  mkdirSync(folder);
  for (let first = 0; first < pieces; first += together) {
    const paths = Array.from({ length: Math.min(together, pieces - first) }, (_, index) => {
      const name = `${draw()} ${first + index}.txt`;
      const content = Array.from({ length: wordsOfText }, draw).join(' ');
      contents.set(name, content);
      writeFileSync(join(folder, name), content);
      return join(folder, name);
    });
    await vault.attach(paths);
  }
  rmSync(folder, { recursive: true });
  const { session } = vault.process;
  if (session === null) throw new Error('No vault is open');
  session.records.write((database) => {
    const waiting = database.all<{ row: number; title: string }>(
      sql`SELECT evidence_index.row, title FROM evidence_index JOIN evidence_text ON evidence_text.rowid = evidence_index.row`,
    );
    for (const { row, title } of waiting)
      database.run(
        sql`INSERT INTO evidence_content (rowid, content) VALUES (${row}, ${contents.get(title) ?? contents.get(`${title}.txt`) ?? ''})`,
      );
    database.run(sql`UPDATE evidence_index SET state = 'done'`);
  });
}

/** Words as they are typed: two letters, a beginning, a whole word, two words. */
async function timeSearches({ call, auditId }: BenchVault): Promise<number[]> {
  const draw = words();
  const taken: number[] = [];
  let found = 0;
  for (let index = 0; index < searches; index += 1) {
    const query = [draw().slice(0, 2), draw().slice(0, 4), draw(), `${draw()} ${draw().slice(0, 3)}`][index % 4] ?? '';
    const started = performance.now();
    const { hits } = await call('evidence.search', { auditId, query, limit: 50 });
    taken.push(performance.now() - started);
    found += hits.length;
  }
  if (found < searches) throw new Error('The searches found next to nothing');
  return taken;
}

/** Draws words, the first ones far more often than the last: the share of a word falls with its rank, as in a language. */
function words(): () => string {
  const syllables = ['ba', 'co', 'du', 'fe', 'gi', 'ha', 'jo', 'ku', 'le', 'mi', 'no', 'pu', 'ra', 'se', 'ti', 'vo'];
  let state = 1;
  return () => {
    // A linear congruential generator (Numerical Recipes): the same words in every run.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    let rank = Math.floor(vocabulary ** (state / 2 ** 32));
    let word = '';
    for (let place = 0; place < 4; place += 1, rank = Math.floor(rank / 16)) word += syllables[(rank + place * 5) % 16];
    return word;
  };
}
