import { canonicalJson } from '../../../../shared/domain/canonical-json.ts';
import type { Verification, VerificationProblem } from '../../../../shared/domain/verification.ts';
import { sha256, toHex } from '../cms/platform.ts';
import { manifestInfoKey, manifestName } from '../manifest.ts';
import { isDictionary, isReference, isString, type PdfFile } from '../pdf/file.ts';
import { PdfError, type PdfValue, textOf } from '../pdf/objects.ts';
import { problem } from './problems.ts';

export interface JudgedManifest {
  readonly manifest: Verification['manifest'];
  readonly problems: readonly VerificationProblem[];
}

const largestManifest = 64 * 1024 * 1024;
const hash = /^[0-9a-f]{64}$/;

/** Checks the attached manifest against the hash in the document information, and its evidence index in itself. */
export async function checkManifest(file: PdfFile): Promise<JudgedManifest> {
  try {
    const bytes = findManifest(file);
    return bytes && bytes.length <= largestManifest ? await judge(file, bytes) : missing(manifestName);
  } catch (error) {
    if (!(error instanceof PdfError)) throw error;
    return missing(`byte ${error.offset}`);
  }
}

function missing(where: string): JudgedManifest {
  return { manifest: { present: false, matches: false, trailHead: '' }, problems: [problem('manifest-missing', where)] };
}

async function judge(file: PdfFile, bytes: Uint8Array): Promise<JudgedManifest> {
  const matches = toHex(await sha256(bytes)) === expectedHash(file);
  const content = parse(bytes);
  const head = content ? trailHeadOf(content) : '';
  const problems = [
    ...(matches && content && head !== '' ? [] : [problem('manifest-mismatch', manifestName)]),
    ...(content ? evidenceProblems(content.evidence) : []),
    ...(isRecord(content?.report) && content.report.draft === true ? [problem('draft', manifestName)] : []),
  ];
  return { manifest: { present: true, matches, trailHead: head }, problems };
}

/** The attachment named `manifest.json`, stored without compression. */
function findManifest(file: PdfFile): Uint8Array | null {
  const root = file.dictionary(file.trailer, 'Root');
  const names = root && file.dictionary(root, 'Names');
  const embedded = names && file.dictionary(names, 'EmbeddedFiles');
  const list = embedded && file.resolve(embedded.entries.get('Names'));
  if (!Array.isArray(list)) return null;
  const values = list as readonly PdfValue[];
  for (let index = 0; index + 1 < values.length; index += 2) {
    const name = values[index];
    if (!isString(name) || textOf(name) !== manifestName) continue;
    const specification = file.resolve(values[index + 1]);
    const files = isDictionary(specification) ? file.dictionary(specification, 'EF') : null;
    const stream = files?.entries.get('F');
    return isReference(stream) ? file.plainStream(stream) : null;
  }
  return null;
}

function expectedHash(file: PdfFile): string {
  const information = file.dictionary(file.trailer, 'Info');
  const value = information && file.resolve(information.entries.get(manifestInfoKey));
  return isString(value) ? textOf(value) : '';
}

/** The manifest, when it is canonical JSON of the known format. */
function parse(bytes: Uint8Array): Record<string, unknown> | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    return isRecord(value) && value.format === 'sealbook-manifest' && value.version === 1 && canonicalJson(value) === text ? value : null;
  } catch {
    return null;
  }
}

/** `sequence:hash`, or empty when the manifest names no sound head. */
function trailHeadOf(manifest: Record<string, unknown>): string {
  const head = manifest.trailHead;
  const sound = isRecord(head) && Number.isSafeInteger(head.sequence) && typeof head.hash === 'string' && hash.test(head.hash);
  return sound ? `${head.sequence}:${head.hash}` : '';
}

function evidenceProblems(evidence: unknown): VerificationProblem[] {
  if (!Array.isArray(evidence)) return [problem('evidence-index-invalid', manifestName)];
  const labels = new Set<string>();
  for (const [index, item] of (evidence as readonly unknown[]).entries()) {
    const sound =
      isRecord(item) &&
      typeof item.label === 'string' &&
      !labels.has(item.label) &&
      typeof item.sha256 === 'string' &&
      hash.test(item.sha256) &&
      Number.isSafeInteger(item.size) &&
      Number(item.size) >= 0;
    if (!sound) return [problem('evidence-index-invalid', `evidence ${index + 1}`)];
    labels.add(String(item.label));
  }
  return [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
