// Which room may import which. The table is in docs/architecture.md; test/unit/directions.test.ts proves that each rule bites.

/** @param {string} name @param {object} from @param {object} to @param {string} comment */
const never = (name, from, to, comment) => ({ name, severity: 'error', from, to, comment });
const nodeModules = ['core'];
/** A package of npm, by the folder it lies in. @param {string} names alternatives of a regular expression */
const npm = (names) => `(^|/)node_modules/(${names})(/|$)`;

module.exports = {
  forbidden: [
    never('domain-alone', { path: '^shared/domain/' }, { pathNot: '^shared/domain/' }, 'The domain is pure: it imports itself only.'),
    never(
      'ipc-domain-and-zod',
      { path: '^shared/ipc/' },
      { pathNot: ['^shared/(ipc|domain)/', '^shared/checklists/schema[.]ts$', npm('zod')] },
      'The contract needs the domain, zod and the shape of a checklist.',
    ),
    never(
      'checklists-domain-zod-yaml',
      { path: '^shared/checklists/' },
      { pathNot: ['^shared/(checklists|domain)/', npm('zod|yaml|jsonc-parser|@noble/hashes')] },
      'Checklists are content and their readers.',
    ),
    never(
      'renderer-not-electron',
      { path: '^renderer/' },
      { path: ['^electron/', npm('electron|zod')] },
      'The window knows the bridge only.',
    ),
    never('renderer-not-node', { path: '^renderer/' }, { dependencyTypes: nodeModules }, 'The window has no Node.'),
    never(
      'renderer-ipc-types-only',
      { path: '^renderer/' },
      { path: '^shared/(ipc|checklists)/', dependencyTypesNot: ['type-only'] },
      'The schemas stay out of the window.',
    ),
    never(
      'preload-alone',
      { path: '^electron/preload/' },
      { pathNot: ['^electron/preload/', '^shared/ipc/', npm('electron')] },
      'One small file in the sandbox.',
    ),
    never(
      'preload-ipc-types-only',
      { path: '^electron/preload/' },
      { path: '^shared/ipc/', dependencyTypesNot: ['type-only'] },
      'The schemas stay out of the preload.',
    ),
    never(
      'main-not-vault',
      { path: '^electron/main/' },
      {
        path: [
          '^electron/(vault|cli|preload)/',
          '^renderer/',
          '^shared/(domain|checklists)/',
          npm('@signalapp|@node-rs|pdfkit|pdfjs-dist|@signpdf|pkijs'),
        ],
      },
      'Main never sees a record, a key or a report.',
    ),
    never(
      'vault-not-electron',
      { path: '^electron/vault/' },
      { path: ['^electron/(main|preload|cli)/', '^renderer/', npm('electron')] },
      'The vault runs in plain Node too.',
    ),
    never(
      'reader-keyless',
      { path: '^electron/reader/', pathNot: '^electron/reader/pdf-data[.]ts$' },
      {
        path: [
          '^electron/(?!reader/)',
          '^renderer/',
          '^shared/(?!domain/|checklists/)',
          npm('electron|@signalapp|@node-rs|@noble|pkijs|asn1js|@peculiar'),
          '^(node:)?(fs|net|http|https|http2|tls|dgram|dns|child_process|crypto|sqlite)(/|$)',
        ],
      },
      'What parses hostile bytes has no key, no database, no files and no network.',
    ),
    never(
      'reader-tables',
      { path: '^electron/reader/pdf-data[.]ts$' },
      { pathNot: '^(node:)?(fs/promises|url)$' },
      'The one part of the reader that opens files opens its own tables only.',
    ),
    never(
      'reader-alone',
      { pathNot: '^(electron/reader|test)/' },
      { path: '^electron/reader/' },
      'The reader is reached over its line only.',
    ),
    never(
      'crypto-alone',
      { path: '^electron/vault/crypto/' },
      { path: '^electron/vault/(?!crypto/)' },
      'Cryptography knows no database and no report.',
    ),
    never(
      'migrations-frozen',
      { path: '^electron/vault/db/migrations/[0-9]' },
      { pathNot: '^electron/vault/db/sql\\.ts$' },
      'A migration depends on nothing that changes later.',
    ),
    never(
      'cli-not-window',
      { path: '^electron/cli/' },
      { path: ['^electron/(main|preload)/', '^renderer/', npm('electron')] },
      'The command line is plain Node.',
    ),
    never(
      'product-not-tests',
      { path: '^(electron|renderer|shared)/' },
      { path: '^(test|build)/' },
      'What ships does not need what tests it.',
    ),
    never(
      'no-circles',
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
      'Two files that need each other are one file.',
    ),
    never('resolvable', { path: '^(electron|renderer|shared)/' }, { couldNotResolve: true }, 'Every import leads somewhere.'),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: 'specify',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.css$' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
};
