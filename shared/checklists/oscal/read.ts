import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { parse as parseYaml } from 'yaml';
import type { FilePlace, PackFault } from '../../domain/pack-fault.ts';
import { judgePack, type PackReading, refusePack } from '../judge.ts';
import { token } from '../schema.ts';
import type { KnownControls } from '../wording.ts';
import { packFromCatalog } from './from-catalog.ts';
import { type Catalog, catalogControls, catalogDocument, type Profile, profileDocument } from './model.ts';
import { type OscalSource, resolveProfile } from './profile.ts';

/** A file that was picked: its name and its text. */
export interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** Characters of an OSCAL document; the largest catalog published, SP 800-53 in full, has about 10 million. */
export const largestOscalFile = 32 * 1024 * 1024;

/** Whether a text is an OSCAL catalog or profile; anything else is for another reader. */
export function looksLikeOscal(text: string): boolean {
  return /^\s*(?:\{\s*"(?:catalog|profile|\$schema)"|(?:---\s*)?(?:catalog|profile)\s*:|<\?xml[\s\S]{0,2000}csrc\.nist\.gov\/ns\/oscal|<(?:catalog|profile)\b)/.test(
    text.slice(0, 4096),
  );
}

interface Document extends TextFile {
  readonly catalog?: Catalog;
  readonly profile?: Profile;
}

/**
 * Reads a catalog, or a profile with the catalogs it imports, as one checklist. Every fault of every file in one run, each
 * with its line; never throws for bad input.
 */
export function readOscal(files: readonly TextFile[], known?: KnownControls): PackReading {
  const faults: PackFault[] = [];
  const documents = files.flatMap((file): Document[] => {
    const reading = readDocument(file);
    if ('faults' in reading) {
      faults.push(...reading.faults);
      return [];
    }
    return [reading];
  });
  if (faults.length > 0) return { ok: false, faults };
  const profiles = documents.filter((document) => document.profile !== undefined);
  const root = profiles.find((candidate) => !isImported(candidate, profiles)) ?? documents[0];
  if (root === undefined) return refusePack('', 'No file was given.');
  const other = documents.find((document) => document !== root);
  if (root.profile === undefined && other !== undefined)
    return refusePack(other.name, 'Two catalogs were given and no profile that imports them. Import one after the other.');
  const locate = locator(root.text);
  if (root.profile === undefined) return judgeCatalog(root, root.catalog as Catalog, locate, known);
  const resolution = resolveProfile(root.profile, documents.map(toSource));
  if (!resolution.ok)
    return {
      ok: false,
      faults: resolution.faults.map(({ path, message }) => ({
        file: root.name,
        ...locate(path),
        path: path.join('/'),
        message,
        severity: 'error',
      })),
    };
  return judgeCatalog(root, resolution.catalog, () => ({ line: 1, column: 1 }), known);
}

function isImported(candidate: Document, profiles: readonly Document[]): boolean {
  return profiles.some(
    (other) =>
      other !== candidate &&
      other.profile?.imports.some(({ href }) => href.includes(candidate.name) || href === `#${candidate.profile?.uuid}`),
  );
}

function toSource({ name, catalog, profile }: Document): OscalSource {
  return catalog !== undefined ? { name, catalog } : { name, profile: profile as Profile };
}

function judgeCatalog(root: Document, catalog: Catalog, locate: Locate, known?: KnownControls): PackReading {
  if (catalogControls(catalog).length === 0)
    return refusePack(root.name, 'There is no control in it.', locate([root.profile === undefined ? 'catalog' : 'profile']));
  const { content, places } = packFromCatalog(catalog, packId(root.name));
  return judgePack(
    content,
    root.name,
    (path) => locate(places.get(`${String(path[1])}/${String(path[3])}`) ?? ['catalog']),
    known === undefined ? { rules: 'custom' } : { rules: 'custom', known },
  );
}

/** A token from a file name. */
export function packId(name: string): string {
  const stem = name
    .replace(/\.[A-Za-z0-9]+$/, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.\-_]+/gu, '-')
    .replace(/^[^\p{L}_]+|[-.]+$/gu, '')
    .slice(0, 100);
  return token.safeParse(stem).success ? stem : 'imported';
}

function readDocument(file: TextFile): Document | { readonly faults: readonly PackFault[] } {
  const { name, text } = file;
  const locate = locator(text);
  const fail = (message: string, path: readonly PropertyKey[] = []) => ({
    faults: [{ file: name, ...locate(path), path: path.join('/'), message, severity: 'error' as const }],
  });
  if (text.length > largestOscalFile) return fail(`The file has ${text.length} characters; at most ${largestOscalFile} are read.`);
  if (/^\s*</.test(text)) return fail('This is OSCAL in XML. Give the JSON or YAML form of the same document.');
  let value: unknown;
  try {
    value = /^\s*\{/.test(text) ? JSON.parse(text) : parseYaml(text, { maxAliasCount: 100, logLevel: 'error' });
  } catch (error) {
    return syntaxFault(file, error);
  }
  const roots = typeof value === 'object' && value !== null ? Object.keys(value).filter((key) => key !== '$schema') : [];
  const isProfile = roots.includes('profile');
  if (!isProfile && !roots.includes('catalog')) return fail(`A catalog or a profile is expected; found ${roots[0] ?? 'nothing'}.`);
  const parsed = (isProfile ? profileDocument : catalogDocument).safeParse(value);
  if (!parsed.success) {
    return {
      faults: parsed.error.issues.map((issue) => {
        let found: unknown = value;
        for (const step of issue.path)
          found = typeof found === 'object' && found !== null ? (found as Record<PropertyKey, unknown>)[step] : undefined;
        const shown = found === undefined ? 'nothing' : JSON.stringify(found).slice(0, 80);
        return {
          file: name,
          ...locate(issue.path),
          path: issue.path.join('/'),
          message: `${issue.message}; found ${shown}.`,
          severity: 'error' as const,
        };
      }),
    };
  }
  return 'profile' in parsed.data
    ? { ...file, profile: (parsed.data as { profile: Profile }).profile }
    : { ...file, catalog: (parsed.data as { catalog: Catalog }).catalog };
}

function syntaxFault({ name, text }: TextFile, error: unknown): { readonly faults: readonly PackFault[] } {
  const message = String((error as Error).message).replace(/\n.*/s, '');
  const offset = Number(/position (\d+)/.exec(message)?.[1] ?? 0);
  return {
    faults: [{ file: name, ...lineAt(lineStarts(text), offset), path: '', message: `Cannot be read: ${message}`, severity: 'error' }],
  };
}

type Locate = (path: readonly PropertyKey[]) => FilePlace;

/** Lines of paths in a JSON text, or of the nearest ancestor that exists; the start of other texts. Parsed only when asked. */
function locator(text: string): Locate {
  let tree: ReturnType<typeof parseTree> | null = null;
  let starts: number[] | null = null;
  return (path) => {
    if (!/^\s*\{/.test(text)) return { line: 1, column: 1 };
    tree ??= parseTree(text);
    starts ??= lineStarts(text);
    for (let length = path.length; tree !== undefined && length > 0; length -= 1) {
      const node = findNodeAtLocation(tree, path.slice(0, length) as (string | number)[]);
      if (node !== undefined) return lineAt(starts, node.offset);
    }
    return { line: 1, column: 1 };
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
}

function lineAt(starts: readonly number[], offset: number): FilePlace {
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
