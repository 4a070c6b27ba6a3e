import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { canonicalJson } from '../domain/canonical-json.ts';
import type { Pack } from '../domain/control.ts';
import type { PackContent } from './schema.ts';
import { packSchema } from './schema.ts';
import { inspectContent } from './wording.ts';

/** One fault in a checklist file: where it is (1-based), what was expected and what was found. */
export interface PackFault {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Path inside the file, e.g. `sections[0].controls[3].title`. */
  readonly path: string;
  readonly message: string;
}

export type PackReading =
  | { readonly ok: true; readonly content: PackContent }
  | { readonly ok: false; readonly faults: readonly PackFault[] };

/** Files above this many characters are refused before they are parsed. */
export const largestPackFile = 8 * 1024 * 1024;
const largestAliasCount = 100;

/**
 * Reads a checklist from YAML text and validates it whole: every fault in one run, each with its line and column.
 * Never throws for bad input.
 */
export function readPack(text: string, file: string): PackReading {
  if (text.length > largestPackFile) {
    return refuse(file, `The file has ${text.length} characters; at most ${largestPackFile} are read.`);
  }
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, uniqueKeys: true, version: '1.2' });
  const at = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  if (document.errors.length > 0) {
    return {
      ok: false,
      faults: document.errors.map((error) => ({
        file,
        ...at(error.pos[0]),
        path: '',
        message: error.message.split('\n')[0] ?? error.message,
      })),
    };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: largestAliasCount });
  } catch {
    return refuse(file, 'The file expands too many aliases.');
  }
  const locate = (path: readonly PropertyKey[]) => at(nodeOffset(document.contents, path));
  const parsed = packSchema.safeParse(value);
  const content = inspectContent(value).map(({ path, message }) => ({ file, ...locate(path), path: describePath(path), message }));
  if (parsed.success) return content.length === 0 ? { ok: true, content: parsed.data } : { ok: false, faults: content };
  const shape = parsed.error.issues.flatMap((issue) => {
    const unknownKeys = issue.code === 'unrecognized_keys' ? issue.keys : [undefined];
    return unknownKeys.map((unknownKey) => {
      const path = unknownKey === undefined ? issue.path : [...issue.path, unknownKey];
      return { file, ...locate(path), path: describePath(path), message: describeIssue(issue.message, value, issue.path, unknownKey) };
    });
  });
  return { ok: false, faults: [...shape, ...content].sort((one, other) => one.line - other.line || one.column - other.column) };
}

function refuse(file: string, message: string): PackReading {
  return { ok: false, faults: [{ file, line: 1, column: 1, path: '', message }] };
}

/** Offset of the value at a path, or of its nearest ancestor that exists; for a missing key that is where it should be. */
function nodeOffset(root: unknown, path: readonly PropertyKey[]): number {
  let node: unknown = root;
  let offset = startOf(root);
  for (const step of path) {
    let next: unknown;
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && item.key.value === step);
      if (pair === undefined) break;
      offset = startOf(pair.key);
      next = pair.value;
    } else if (isSeq(node) && typeof step === 'number') {
      next = node.items[step];
      if (next === undefined) break;
      offset = startOf(next);
    } else break;
    node = next;
  }
  return offset;
}

function startOf(node: unknown): number {
  return isNode(node) ? ((node as Node).range?.[0] ?? 0) : 0;
}

function describePath(path: readonly PropertyKey[]): string {
  return path.map((step, index) => (typeof step === 'number' ? `[${step}]` : `${index === 0 ? '' : '.'}${String(step)}`)).join('');
}

function describeIssue(message: string, root: unknown, path: readonly PropertyKey[], unknownKey: string | undefined): string {
  if (unknownKey !== undefined) return `Unknown key "${unknownKey}".`;
  let value = root;
  for (const step of path) value = typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined;
  const found = value === undefined ? 'nothing' : JSON.stringify(value)?.slice(0, 80);
  return `${message}; found ${found}.`;
}

/** Thrown for a checklist that cannot be used; carries every fault. */
export class PackError extends Error {
  override readonly name = 'PackError';
  readonly faults: readonly PackFault[];

  constructor(faults: readonly PackFault[]) {
    super(faults.map((fault) => `${fault.file}:${fault.line}:${fault.column} ${fault.path} ${fault.message}`).join('\n'));
    this.faults = faults;
  }
}

/** SHA-256 (hex) over the canonical JSON of a pack's content: the same words give the same hash whatever the layout. */
export function hashPack(content: PackContent): string {
  return bytesToHex(sha256(utf8ToBytes(canonicalJson(content))));
}

/** Reads a checklist or throws a `PackError` with every fault. */
export function loadPackFromYaml(text: string, file: string): Pack {
  const reading = readPack(text, file);
  if (!reading.ok) throw new PackError(reading.faults);
  return { ...reading.content, hash: hashPack(reading.content) };
}
