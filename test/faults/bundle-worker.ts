import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';

/**
 * Libraries of reports, checklists and passphrase strength: nothing that is killed here touches them, and reading them would take
 * most of a worker's short life. In the worker they are objects that do nothing.
 */
const leftOut = [
  '@e965/xlsx',
  '@peculiar/x509',
  '@zxcvbn-ts/core',
  '@zxcvbn-ts/language-common',
  '@zxcvbn-ts/language-en',
  'asn1js',
  'docx',
  'fontkit',
  'pdfkit',
  'pkijs',
  'reflect-metadata',
];

const nothing = `
const any = new Proxy(function () {}, {
  get: (_, name) => (name === Symbol.toPrimitive || name === 'then' ? undefined : any),
  apply: () => any,
  construct: () => any,
});
module.exports = Object.create(any);
`;

const leaveOut: Plugin = {
  name: 'leave-out',
  setup(builder) {
    builder.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      if (kind === 'entry-point') return undefined;
      return leftOut.includes(path) ? { path, namespace: 'left-out' } : { path, external: true };
    });
    builder.onLoad({ filter: /.*/, namespace: 'left-out' }, () => ({ contents: nothing, loader: 'js' }));
  },
};

/** Makes one file of the worker and gives its path. */
export async function bundleWorker(root: string): Promise<string> {
  const outfile = join(root, 'out', 'faults', 'worker.mjs');
  const entryPoints = [join(root, 'test', 'faults', 'worker.ts')];
  await build({ entryPoints, outfile, bundle: true, platform: 'node', format: 'esm', plugins: [leaveOut], logLevel: 'error' });
  return outfile;
}
