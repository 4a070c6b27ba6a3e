import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mebibyte, sizeName, writeRandom } from './files.ts';
import type { BenchOptions } from './main.ts';
import { isPresent, peers } from './peers.ts';
import { judge, type Row, rounded } from './rows.ts';
import { interleave, type Step, shell } from './runs.ts';
import { type BenchVault, benchVault } from './vault.ts';

const smallFile = 20 * 1024;

/** Evidence in and out, through the same calls as the window's: hashed, sealed, durable, verified. */
export async function evidenceRows(work: string, options: BenchOptions): Promise<Row[]> {
  const { mebibytes } = options;
  const rows = [...(await largeFile(work, options)), await memoryGrowth(work, mebibytes)];
  const { bavail, bsize } = statfsSync(work);
  // The file itself, and sealed.
  const room = 2.2 * 8 * mebibytes * mebibyte;
  if (bavail * bsize > room) rows.push(await memoryGrowth(work, 8 * mebibytes));
  else console.error(`Memory growth at ${sizeName(8 * mebibytes)} is left out: it needs ${Math.ceil(room / 2 ** 30)} GiB of free disk.`);
  return [...rows, ...(await smallFiles(work, options))];
}

async function largeFile(work: string, { mebibytes, repetitions }: BenchOptions): Promise<Row[]> {
  const source = join(work, 'source.bin');
  const output = join(work, 'output');
  await writeRandom(source, mebibytes);
  const size = sizeName(mebibytes);
  // Memory that a virtual machine has not used for seconds belongs to its host again: whoever comes next pays, up to two seconds for
  // 1 GiB. So that much is used before each of them.
  const ready = () => shell('cp "$1" "$2.ready"; rm "$2.ready"', [source, output]);
  const present = peers.filter(isPresent);
  const folderOf = (name: string) => join(work, `store-${name}`);
  const clear = (...paths: readonly string[]) => {
    for (const path of paths) rmSync(path, { recursive: true, force: true });
  };
  let vault: BenchVault | null = null;
  let sealed: Awaited<ReturnType<BenchVault['attach']>> | null = null;
  const fresh = async () => {
    vault?.close();
    clear(folderOf('ours'));
    vault = await benchVault(folderOf('ours'));
  };
  const ingest: [Step, Step, ...Step[]] = [
    {
      name: 'ours',
      prepare: fresh,
      run: async () => {
        sealed = (await vault?.attach([source])) ?? null;
      },
    },
    {
      name: 'limit',
      prepare: async () => clear(output),
      run: () => shell('dd if="$1" of="$2" bs=1M conv=fsync 2>/dev/null', [source, output]),
    },
    ...present.map((peer) => ({
      name: peer.name,
      prepare: async () => {
        clear(folderOf(peer.name), `${folderOf(peer.name)}-cache`, `${folderOf(peer.name)}-base`);
        await peer.prepare(folderOf(peer.name));
      },
      run: () => peer.store(source, folderOf(peer.name)),
    })),
  ];
  const inSeconds = await interleave(`ingest ${size}`, ingest, repetitions, ready);
  // What nobody has read for a minute may have left the memory of a virtual machine, and `ready` has read the source just now: so the
  // others' stores are read just before, too.
  const fetch = (name: string) => shell('rm -f "$2"; find "$1" -type f -exec cat {} + > /dev/null', [folderOf(name), output]);
  const readBack: [Step, Step, ...Step[]] = [
    {
      name: 'ours',
      prepare: () => fetch('ours'),
      run: async () => {
        if (sealed !== null) await vault?.exportTo(sealed, output);
      },
    },
    {
      name: 'limit',
      prepare: async () => clear(output),
      run: () => shell('cat "$1" > "$2"; sync "$2"', [source, output]),
    },
    ...present.map((peer) => ({
      name: peer.name,
      prepare: () => fetch(peer.name),
      run: () => peer.restore(source, folderOf(peer.name), output),
    })),
  ];
  const outSeconds = await interleave(`read back ${size}`, readBack, repetitions, ready);
  (vault as BenchVault | null)?.close();
  clear(output, ...['ours', ...peers.map(({ name }) => name)].map(folderOf));
  const rate = (seconds: Map<string, number>) => ratesOf(seconds, mebibytes);
  return [
    judge({ row: `ingest ${size}`, unit: 'MiB/s', ...rate(inSeconds), required: { limit: 0.8, restic: 2, borg: 2, gpg: 1.3 } }),
    judge({ row: `read back ${size}`, unit: 'MiB/s', ...rate(outSeconds), required: { limit: 0.8 } }),
  ];
}

/** What was done in a second, by name. */
function ratesOf(seconds: ReadonlyMap<string, number>, amount: number): Pick<Row, 'ours' | 'limit' | 'peers'> {
  const rate = (name: string) => {
    const taken = seconds.get(name);
    return taken === undefined ? null : rounded(amount / taken);
  };
  return { ours: rate('ours') ?? 0, limit: rate('limit') ?? 0, peers: Object.fromEntries(peers.map(({ name }) => [name, rate(name)])) };
}

/** In a process of its own: how much more memory it uses at the most while it seals a file, than before. */
async function memoryGrowth(work: string, mebibytes: number): Promise<Row> {
  const source = join(work, `memory-${mebibytes}.bin`);
  await writeRandom(source, mebibytes);
  const child = spawn(process.execPath, [join(import.meta.dirname, 'memory.ts'), join(work, 'memory'), source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (part: Buffer) => {
    said += part.toString();
  });
  await new Promise((resolve) => child.on('close', resolve));
  rmSync(source, { force: true });
  rmSync(join(work, 'memory'), { recursive: true, force: true });
  return judge({
    row: `memory growth at ${sizeName(mebibytes)}`,
    unit: 'MiB',
    ours: rounded(Number(said) || Number.POSITIVE_INFINITY),
    limit: 128,
    peers: {},
    required: { limit: 1 },
    lessIsBetter: true,
  });
}

async function smallFiles(work: string, { files: count, repetitions }: BenchOptions): Promise<Row[]> {
  const folder = join(work, 'small');
  mkdirSync(folder);
  const paths = Array.from({ length: count }, (_, index) => join(folder, `${String(index).padStart(5, '0')}.bin`));
  for (const path of paths) writeFileSync(path, randomBytes(smallFile));
  const few = paths.slice(0, Math.ceil(count / 5));
  const clear = (path: string) => rmSync(path, { recursive: true, force: true });
  const store = join(work, 'small-store');
  let vault: BenchVault | null = null;
  const ours = (name: string, some: readonly string[]): Step => ({
    name,
    prepare: async () => {
      vault?.close();
      clear(store);
      vault = await benchVault(store);
    },
    run: async () => {
      await vault?.attach(some);
    },
  });
  const folderOf = (name: string) => join(work, `small-${name}`);
  const steps: [Step, Step, ...Step[]] = [
    ours('ours', paths),
    ours('few', few),
    {
      name: 'limit',
      prepare: async () => clear(folderOf('copy')),
      run: () => shell('cp -r "$1" "$2"; sync -f "$2"', [folder, folderOf('copy')]),
    },
    ...peers.filter(isPresent).map((peer) => ({
      name: peer.name,
      prepare: async () => {
        for (const path of [folderOf(peer.name), `${folderOf(peer.name)}-cache`, `${folderOf(peer.name)}-base`]) clear(path);
        await peer.prepare(folderOf(peer.name));
      },
      run: () => peer.store(folder, folderOf(peer.name)),
    })),
  ];
  const seconds = await interleave(`${count} small files`, steps, repetitions);
  (vault as BenchVault | null)?.close();
  const growth = (seconds.get('ours') ?? 0) / paths.length / ((seconds.get('few') ?? 0) / few.length);
  const name = `${count.toLocaleString('en')} x 20 KiB files`;
  return [
    judge({ row: name, unit: 'files/s', ...ratesOf(seconds, count), required: {} }),
    judge({
      row: `${name}: cost of one against ${few.length.toLocaleString('en')}`,
      unit: 'x',
      ours: rounded(growth),
      limit: 1,
      peers: {},
      required: { limit: 1.3 },
      lessIsBetter: true,
    }),
  ];
}
