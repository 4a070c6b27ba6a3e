import type { PackSignature } from '../domain/pack-entry.ts';
import type { FilePlace, PackFault } from '../domain/pack-fault.ts';
import { type PackContent, packFileSchema } from './schema.ts';
import { inspectContent, type KnownControls } from './wording.ts';

export type PackReading =
  /** `advice` is empty when the house rules are asked for. */
  | {
      readonly ok: true;
      readonly content: PackContent;
      /** As the file has it; whether it holds is for whoever can verify it. */
      readonly signature: PackSignature | null;
      readonly advice: readonly PackFault[];
    }
  | { readonly ok: false; readonly faults: readonly PackFault[] };

export interface JudgeOptions {
  /** `house`: every rule of ours is an error, as for what ships. `custom`: only what could not be used is. */
  readonly rules: 'house' | 'custom';
  readonly known?: KnownControls;
}

/** Validates a value whole: faults of shape and of content in one run, in the order of the file. */
export function judgePack(
  value: unknown,
  file: string,
  locate: (path: readonly PropertyKey[]) => FilePlace,
  { rules, known }: JudgeOptions,
): PackReading {
  const parsed = packFileSchema.safeParse(value);
  const content: PackFault[] = inspectContent(value, known).map(({ path, message, severity }) => ({
    file,
    ...locate(path),
    path: describePath(path),
    message,
    severity,
  }));
  const shape: PackFault[] = (parsed.error?.issues ?? []).flatMap((issue) => {
    const unknownKeys = issue.code === 'unrecognized_keys' ? issue.keys : [undefined];
    return unknownKeys.map((unknownKey) => {
      const path = unknownKey === undefined ? issue.path : [...issue.path, unknownKey];
      const message = describeIssue(issue.message, value, issue.path, unknownKey);
      return { file, ...locate(path), path: describePath(path), message, severity: 'error' as const };
    });
  });
  const faults = [...shape, ...content].sort((one, other) => one.line - other.line || one.column - other.column);
  const usable = parsed.success && faults.every((fault) => fault.severity === 'advice');
  if (!usable || (rules === 'house' && faults.length > 0)) return { ok: false, faults };
  const { signature = null, ...pack } = parsed.data;
  return { ok: true, content: pack, signature, advice: faults };
}

/** A reading that failed before there was anything to judge. */
export function refusePack(file: string, message: string, place: FilePlace = { line: 1, column: 1 }): PackReading {
  return { ok: false, faults: [{ file, ...place, path: '', message, severity: 'error' }] };
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
