import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { isMap, isNode, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml';
import { canonicalJson } from '../domain/canonical-json.ts';
import type { Pack } from '../domain/control.ts';
import type { PackFault } from '../domain/pack-fault.ts';
import { type JudgeOptions, judgePack, type PackReading, refusePack } from './judge.ts';
import type { PackContent } from './schema.ts';

/** Files above this many characters are refused before they are parsed. */
export const largestPackFile = 8 * 1024 * 1024;
const largestAliasCount = 100;

/**
 * Reads a checklist from YAML text and validates it whole: every fault in one run, each with its line and column.
 * Never throws for bad input.
 */
export function readPack(text: string, file: string, options: JudgeOptions = { rules: 'house' }): PackReading {
  if (text.length > largestPackFile) {
    return refusePack(file, `The file has ${text.length} characters; at most ${largestPackFile} are read.`);
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
        message: error.message.replace(/\n.*/s, ''),
        severity: 'error' as const,
      })),
    };
  }
  let value: unknown;
  try {
    value = document.toJS({ maxAliasCount: largestAliasCount });
  } catch {
    return refusePack(file, 'The file expands too many aliases.');
  }
  const locate = (path: readonly PropertyKey[]) => at(nodeOffset(document.contents, path));
  return judgePack(value, file, locate, options);
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
