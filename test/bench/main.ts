import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { removeAtEnd } from '../remove-at-end.ts';
import { evidenceRows } from './evidence.ts';
import { describe, type Row } from './rows.ts';
import { searchRows } from './search-rows.ts';
import { vaultRows } from './vault-rows.ts';

/** How much is measured. The defaults are what the figures of the project are about; smaller ones are for trying. */
export interface BenchOptions {
  /** Size of the large file. */
  readonly mebibytes: number;
  /** Number of small files. */
  readonly files: number;
  /** Number of pieces that are searched. */
  readonly pieces: number;
  readonly repetitions: number;
}

/** The groups of rows, by the name that `--only` takes. */
const groups: Readonly<Record<string, (work: string, options: BenchOptions) => Promise<Row[]>>> = {
  evidence: evidenceRows,
  vault: async (work, options) => [...(await vaultRows(work, options)), ...(await searchRows(work, options))],
};

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'boolean', default: false },
    repetitions: { type: 'string', default: '5' },
    mebibytes: { type: 'string', default: '1024' },
    files: { type: 'string', default: '10000' },
    pieces: { type: 'string', default: '50000' },
  },
});
const wanted = values.only?.split(',') ?? Object.keys(groups);
const unknown = wanted.filter((name) => groups[name] === undefined);
if (unknown.length > 0) {
  console.error(`There are no rows for ${unknown.join(', ')}. There are: ${Object.keys(groups).join(', ')}.`);
  process.exit(2);
}
const options: BenchOptions = {
  mebibytes: Number(values.mebibytes),
  files: Number(values.files),
  pieces: Number(values.pieces),
  repetitions: Number(values.repetitions),
};
const load = () =>
  loadavg()
    .map((value) => value.toFixed(2))
    .join(' ');
console.error(
  `${cpus()[0]?.model}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}; load ${load()}`,
);

const rows: Row[] = [];
for (const name of wanted) {
  const work = mkdtempSync(join(process.env.SEALBOOK_BENCH ?? tmpdir(), 'sealbook-bench-'));
  const remove = () => rmSync(work, { recursive: true, force: true });
  removeAtEnd(remove);
  rows.push(...((await groups[name]?.(work, options)) ?? []));
  remove();
}
console.error(`Load at the end: ${load()}`);
console.log(values.json ? JSON.stringify(rows) : rows.map(describe).join('\n'));
process.exitCode = rows.every(({ met }) => met) ? 0 : 1;
