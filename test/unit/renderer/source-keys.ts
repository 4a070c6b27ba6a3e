import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** How the code of the window uses the message catalogue, read from its source text. */

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** The source of every file of a folder, by its path; the catalogues themselves left out. */
export function sources(folder: string): ReadonlyMap<string, string> {
  const paths = readdirSync(`${root}${folder}`, { recursive: true })
    .map((path) => `${folder}/${String(path).replaceAll('\\', '/')}`)
    .filter((path) => /\.tsx?$/.test(path) && !path.includes('i18n/en'));
  return new Map(paths.map((path) => [path, readFileSync(`${root}${path}`, 'utf8')]));
}

export interface MessageCall {
  readonly path: string;
  readonly key: string;
  /** Names of the values passed along, or null when they are not written out in the call. */
  readonly values: readonly string[] | null;
}

/** Every `t('key')` and `t('key', { ... })` whose key is written out. */
export function messageCalls(files: ReadonlyMap<string, string>): MessageCall[] {
  const calls: MessageCall[] = [];
  for (const [path, text] of files) {
    for (const match of text.matchAll(/\bt\(\s*'([^']+)'\s*(\)|,)/g)) {
      const [whole, key = '', end] = match;
      const after = text.slice(match.index + whole.length).trimStart();
      const values = end === ')' ? [] : after.startsWith('{') ? topLevelNames(after) : null;
      calls.push({ path, key, values });
    }
  }
  return calls;
}

/** The names on the first level of the object literal a text begins with. Null when something is spread into it. */
function topLevelNames(text: string): string[] | null {
  const names: string[] = [];
  let depth = 0;
  let part = '';
  const close = () => {
    const name = /^\s*([\w$]+)/.exec(part)?.[1];
    if (name !== undefined) names.push(name);
    part = '';
  };
  for (const character of text) {
    if ('}])'.includes(character)) depth -= 1;
    if (depth === 0 && character === '}') {
      close();
      return names;
    }
    if (depth === 1 && character === ',') close();
    else if (depth >= 1) part += character;
    if ('{[('.includes(character)) depth += 1;
    if (depth === 1 && part.trim().startsWith('...')) return null;
  }
  return names;
}

/** Every quoted text that looks like a key, wherever it stands. */
export function quotedKeys(files: ReadonlyMap<string, string>): ReadonlySet<string> {
  const all = [...files.values()].flatMap((text) => [...text.matchAll(/['"`]([a-z]+(?:\.[\w-]+)+)['"`]/gi)]);
  return new Set(all.map(([, key = '']) => key));
}

/** Patterns of the keys that are put together from parts, such as `evidence.type.${type}`. */
export function composedKeys(files: ReadonlyMap<string, string>): { readonly path: string; readonly pattern: RegExp }[] {
  return [...files].flatMap(([path, text]) => [
    // What the screens of records share begins with the screen's name.
    ...[...text.matchAll(/`\$\{kind\}\.([\w.-]+)`/g)].map(([, rest = '']) => ({
      path,
      pattern: new RegExp(`^(?:findings|requests|plan)\\.${rest.replaceAll('.', '\\.')}$`),
    })),
    ...[...text.matchAll(/`([a-z]+\.(?:[\w.-]|\$\{[^}]*\})*\$\{[^}]*\}(?:[\w.-]|\$\{[^}]*\})*)`/g)].map(([, template = '']) => {
      const parts = template.split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', '\\.'));
      return { path, pattern: new RegExp(`^${parts.join('[\\w.-]+')}$`) };
    }),
  ]);
}
