// Bundles every process into dist/. Skipped when no source changed.
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import { checkBundles } from './bundle-check.mjs';
import { collectLicences } from './licences.mjs';
import { cache, dist, inProject, manifest, root, runScript, StepFailed, say, withLock } from './project.mjs';
import { setup } from './setup.mjs';

/** The Node programs: output name and entry point. */
const nodePrograms = {
  main: 'electron/main/main.ts',
  vault: 'electron/vault/entry.ts',
  'report-worker': 'electron/vault/report/render/worker.ts',
  reader: 'electron/reader/entry.ts',
  'evidence-worker': 'electron/vault/evidence/block-worker.ts',
  'database-worker': 'electron/vault/database-worker.ts',
  cli: 'electron/cli/sealbook.ts',
};
/** Provided by Electron, or native code that cannot be bundled and is resolved from node_modules at run time. */
const external = ['electron', '@node-rs/argon2'];
const preload = 'electron/preload/preload.ts';
const sources = ['electron', 'renderer', 'shared', 'build', 'package-lock.json', 'package.json'];

/**
 * Bundles when something changed since the last time.
 * @returns {Promise<void>}
 */
export async function bundle() {
  if (isCurrent()) return;
  await withLock('bundle', async () => {
    if (isCurrent()) return;
    const started = Date.now();
    const digest = sourceDigest();
    const target = join(cache, 'dist-next');
    rmSync(target, { recursive: true, force: true });
    mkdirSync(target, { recursive: true });
    await Promise.all([bundleNodePrograms(target), bundlePreload(target), bundleRenderer(target), compileChecklists(target)]);
    await copyFonts(join(target, 'fonts'));
    writeFileSync(join(target, 'licences.json'), `${JSON.stringify(collectLicences(), null, 1)}\n`);
    checkBundles(target);
    writeFileSync(join(target, 'sources.sha256'), digest);
    rmSync(dist, { recursive: true, force: true });
    renameSync(target, dist);
    say(`Bundled in ${((Date.now() - started) / 1000).toFixed(1)} s.`);
  });
}

function isCurrent() {
  const stamp = join(dist, 'sources.sha256');
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === sourceDigest();
}

/** A digest of the names, sizes and times of all sources: enough to see an edit, and quick. */
function sourceDigest() {
  const hash = createHash('sha256');
  const visit = (/** @type {string} */ path) => {
    const entry = statSync(path);
    if (entry.isDirectory()) for (const name of readdirSync(path).sort()) visit(join(path, name));
    else hash.update(`${path.slice(root.length)}\0${entry.size}\0${entry.mtimeMs}\0`);
  };
  for (const source of sources) visit(inProject(source));
  return hash.digest('hex');
}

/** @param {string} target */
async function bundleNodePrograms(target) {
  const { build } = await import('esbuild');
  for (const [name, entry] of Object.entries(nodePrograms)) {
    await build({
      entryPoints: [inProject(entry)],
      outfile: join(target, `${name}.cjs`),
      bundle: true,
      format: 'cjs',
      platform: 'node',
      target: 'node18',
      external,
      alias: {
        '@signalapp/sqlcipher': inProject('build/sqlcipher-in-bundle.js'),
        // Its main file asks for its parts in a way that no bundler follows.
        'jsonc-parser': inProject('node_modules/jsonc-parser/lib/esm/main.js'),
      },
      define: { 'import.meta.url': 'importMetaUrl', ELECTRON_TARGET: JSON.stringify(manifest().devDependencies.electron) },
      inject: [inProject('build/import-meta-url.js')],
      keepNames: true,
      loader: { '.icc': 'binary' },
      plugins: [colourProfileInside],
      logLevel: 'warning',
      absWorkingDir: root,
    });
  }
}

/**
 * Puts pdfkit's colour profile into the bundle: it would look for a file beside itself by a file URL, which does not work in a package.
 * @type {import('esbuild').Plugin}
 */
const colourProfileInside = {
  name: 'colour-profile-inside',
  setup(build) {
    build.onLoad({ filter: /pdfkit[\\/]js[\\/]pdfkit\.node\.mjs$/ }, ({ path }) => {
      const code = readFileSync(path, 'utf8');
      const inside = code.replace('fs.readFileSync(ICC_PROFILE_PATH)', 'Buffer.from(sealbookColourProfile)');
      if (inside === code) throw new Error('pdfkit reads its colour profile in another way now');
      return { contents: `import sealbookColourProfile from './data/sRGB_IEC61966_2_1.icc';\n${inside}` };
    });
  },
};

/** The preload runs in Chromium's sandbox: one file, and nothing of Node but the little that Electron gives it. @param {string} target */
async function bundlePreload(target) {
  const { build } = await import('esbuild');
  await build({
    entryPoints: [inProject(preload)],
    outfile: join(target, 'preload.cjs'),
    bundle: true,
    format: 'cjs',
    platform: 'browser',
    target: 'chrome114',
    external: ['electron'],
    logLevel: 'warning',
    absWorkingDir: root,
  });
}

/** @param {string} target */
async function bundleRenderer(target) {
  const { build } = await import('esbuild');
  const folder = join(target, 'renderer');
  mkdirSync(folder, { recursive: true });
  /** @type {import('esbuild').BuildOptions} */
  const options = {
    entryPoints: { main: inProject('renderer/main.tsx') },
    outdir: folder,
    bundle: true,
    format: 'esm',
    minify: true,
    platform: 'browser',
    target: 'chrome114',
    jsx: 'automatic',
    chunkNames: 'chunk-[hash]',
    assetNames: 'fonts/[name]-[hash]',
    loader: { '.woff2': 'file', '.woff': 'file', '.svg': 'file', '.png': 'file' },
    define: { 'process.env.NODE_ENV': '"production"' },
    legalComments: 'none',
    logLevel: 'warning',
    absWorkingDir: root,
  };
  const [, whole] = await Promise.all([build({ ...options, splitting: true }), build({ ...options, write: false })]);
  // A screen that is loaded later would come without its styles: all of them go into the one sheet that the page links.
  for (const name of readdirSync(folder)) if (name.endsWith('.css')) rmSync(join(folder, name));
  const sheet = whole.outputFiles?.find(({ path }) => path.endsWith('.css'));
  if (sheet !== undefined) writeFileSync(join(folder, 'main.css'), sheet.contents);
  copyFileSync(inProject('renderer/index.html'), join(folder, 'index.html'));
  await build({ ...options, entryPoints: { 'pdf.worker': inProject('renderer/ui/pdf-worker.ts') }, outExtension: { '.js': '.mjs' } });
  for (const data of ['standard_fonts', 'cmaps'])
    cpSync(inProject('node_modules/pdfjs-dist', data), join(folder, 'pdf', data), { recursive: true });
}

/** Compiles the checklists to JSON with the loader that a person's own checklists go through. @param {string} target */
async function compileChecklists(target) {
  const folder = inProject('shared/checklists');
  const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  if (files.length === 0) throw new StepFailed('There is no checklist in shared/checklists.');
  const { build } = await import('esbuild');
  const loader = join(target, 'checklist-loader.cjs');
  await build({
    entryPoints: [join(folder, 'loader.ts')],
    outfile: loader,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    logLevel: 'warning',
    absWorkingDir: root,
  });
  const { loadPackFromYaml } = createRequire(import.meta.url)(loader);
  mkdirSync(join(target, 'checklists'));
  for (const file of files) {
    const pack = loadPackFromYaml(readFileSync(join(folder, file), 'utf8'), `shared/checklists/${file}`);
    writeFileSync(join(target, 'checklists', `${basename(file, '.yaml')}.json`), JSON.stringify(pack));
  }
  rmSync(loader);
}

/** The report embeds these, so it needs them as files, with their licences beside them. @param {string} folder */
async function copyFonts(folder) {
  mkdirSync(folder, { recursive: true });
  const { build } = await import('esbuild');
  const list = join(folder, 'font-files.cjs');
  await build({
    entryPoints: [inProject('electron/vault/report/render/font-files.ts')],
    outfile: list,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    logLevel: 'warning',
    absWorkingDir: root,
  });
  const { deliveredFonts } = createRequire(import.meta.url)(list);
  rmSync(list);
  for (const path of deliveredFonts) {
    const source = inProject('node_modules', path);
    if (!existsSync(source)) throw new StepFailed(`A font is missing: ${source}`);
    copyFileSync(source, join(folder, basename(path)));
    const [scope, name] = path.split('/');
    const texts = ['LICENSE_FONT', 'LICENSE'].map((file) => inProject('node_modules', scope, name, file));
    const licence = texts.find(existsSync);
    if (licence === undefined) throw new StepFailed(`A font has no licence: ${source}`);
    copyFileSync(licence, join(folder, `LICENCE-${name}.txt`));
  }
}

if (process.argv[1] === import.meta.filename) {
  await runScript(async () => {
    await setup();
    await bundle();
  });
}
