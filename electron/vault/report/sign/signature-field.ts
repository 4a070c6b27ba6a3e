import { isDictionary, isReference, openPdf, type PdfFile } from '../pdf/file.ts';
import { latin1, type PdfDictionary, PdfError, type PdfReference, type PdfValue } from '../pdf/objects.ts';

/** The signature field, appended to a report as an incremental update (ISO 32000-1, 7.5.6 and 12.7.4.5). */

/** Points from the top left corner of the page. */
export interface FieldBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is signed, and what the field says of it. */
export interface FieldRequest {
  /** The rendered report, not signed yet. */
  readonly pdf: Uint8Array;
  readonly signedAt: Date;
  readonly name: string;
  readonly reason: string;
  readonly location?: string;
  /** Where the field lies on the first page; without it the field is invisible. */
  readonly box?: FieldBox;
}

export interface PreparedPdf {
  readonly bytes: Uint8Array;
  /** The placeholder of the signature, with its angle brackets. */
  readonly contents: { readonly start: number; readonly end: number };
}

const fieldName = 'Signature1';

/** Appends the field with `capacity` zero bytes as its contents and the byte range filled in. */
export function addSignatureField(request: FieldRequest, capacity: number): PreparedPdf {
  const file = openPdf(request.pdf);
  const root = requireReference(file.trailer.entries.get('Root'));
  const catalog = requireDictionary(file.resolve(root));
  const { reference: page, dictionary: pageDictionary } = firstPage(file, catalog);
  const size = file.trailer.entries.get('Size');
  if (catalog.entries.has('AcroForm') || pageDictionary.entries.has('Annots') || typeof size !== 'number') {
    throw new PdfError('Only a freshly rendered report can be signed.', catalog.start);
  }
  const signature = size;
  const field = size + 1;
  const appearance = size + 2;
  const box = request.box ?? { x: 0, y: 0, width: 0, height: 0 };

  const update = new Update(request.pdf.length);
  update.object(root.object, extended(file, catalog, `/AcroForm << /Fields [${field} 0 R] /SigFlags 3 >>`));
  update.object(page.object, extended(file, pageDictionary, `/Annots [${field} 0 R]`));
  const placeholder = update.signature(signature, request, capacity);
  update.object(
    field,
    `<< /Type /Annot /Subtype /Widget /FT /Sig /T (${fieldName}) /F 132 /Rect [${rectangle(file, pageDictionary, box)}] ` +
      `/P ${page.object} 0 R /V ${signature} 0 R /AP << /N ${appearance} 0 R >> >>`,
  );
  update.object(
    appearance,
    `<< /Type /XObject /Subtype /Form /BBox [0 0 ${box.width} ${box.height}] /Resources << >> /Length 0 >>\nstream\n\nendstream`,
  );
  update.finish(file, size + 3);

  const bytes = new Uint8Array(request.pdf.length + update.text.length);
  bytes.set(request.pdf);
  bytes.set(Buffer.from(update.text, 'latin1'), request.pdf.length);
  fillByteRange(bytes, placeholder);
  return { bytes, contents: placeholder.contents };
}

interface Placeholder {
  readonly contents: { readonly start: number; readonly end: number };
  /** Offset of the blank byte range, and how many characters it has. */
  readonly byteRange: { readonly start: number; readonly length: number };
}

/** The text of the incremental update, with the offsets of its objects. */
class Update {
  text = '';
  private readonly base: number;
  private readonly offsets = new Map<number, number>();

  constructor(base: number) {
    this.base = base;
  }

  object(number: number, content: string): void {
    this.offsets.set(number, this.base + this.text.length);
    this.text += `${number} 0 obj\n${content}\nendobj\n`;
  }

  signature(number: number, request: FieldRequest, capacity: number): Placeholder {
    const blank = ' '.repeat(36);
    const before = '<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached /ByteRange [';
    const between = '] /Contents ';
    const after = [
      `/Name ${textString(request.name)}`,
      `/Reason ${textString(request.reason)}`,
      ...(request.location === undefined ? [] : [`/Location ${textString(request.location)}`]),
      `/M (${pdfDate(request.signedAt)})`,
    ].join(' ');
    const head = `${number} 0 obj\n`;
    const start = this.base + this.text.length + head.length + before.length;
    const contents = start + blank.length + between.length;
    this.object(number, `${before}${blank}${between}<${'0'.repeat(2 * capacity)}> ${after} >>`);
    return {
      byteRange: { start, length: blank.length },
      contents: { start: contents, end: contents + 2 * capacity + 2 },
    };
  }

  /** The cross-reference table of the update and its trailer. */
  finish(file: PdfFile, size: number): void {
    const start = this.base + this.text.length;
    this.text += 'xref\n';
    for (const [number, offset] of [...this.offsets].sort(([a], [b]) => a - b)) {
      this.text += `${number} 1\n${String(offset).padStart(10, '0')} 00000 n \n`;
    }
    const kept = ['Root', 'Info', 'ID'].map((key) => `/${key} ${written(file, file.trailer.entries.get(key))}`).join(' ');
    this.text += `trailer\n<< /Size ${size} ${kept} /Prev ${file.startXref} >>\nstartxref\n${start}\n%%EOF\n`;
  }
}

function fillByteRange(bytes: Uint8Array, { contents, byteRange }: Placeholder): void {
  const text = `0 ${contents.start} ${contents.end} ${bytes.length - contents.end}`;
  bytes.set(new TextEncoder().encode(text.padEnd(byteRange.length)), byteRange.start);
}

function firstPage(file: PdfFile, catalog: PdfDictionary): { reference: PdfReference; dictionary: PdfDictionary } {
  const pages = requireDictionary(file.resolve(catalog.entries.get('Pages')));
  const kids = file.resolve(pages.entries.get('Kids'));
  const reference = requireReference(Array.isArray(kids) ? (kids as readonly PdfValue[])[0] : undefined);
  return { reference, dictionary: requireDictionary(file.resolve(reference)) };
}

/** The dictionary as it is written in the file, with one more entry. */
function extended(file: PdfFile, dictionary: PdfDictionary, entry: string): string {
  return `${latin1(file.bytes.subarray(dictionary.start, dictionary.end - 2))}${entry}\n>>`;
}

/** The corners of a box in the page's own coordinates, which count from the bottom. */
function rectangle(file: PdfFile, page: PdfDictionary, box: FieldBox): string {
  const media = file.resolve(page.entries.get('MediaBox'));
  const top = Array.isArray(media) && typeof media[3] === 'number' ? media[3] : 0;
  if (box.width === 0) return '0 0 0 0';
  return [box.x, top - box.y - box.height, box.x + box.width, top - box.y].map((value) => Math.round(value * 100) / 100).join(' ');
}

function written(file: PdfFile, value: PdfValue | undefined): string {
  if (isReference(value)) return `${value.object} ${value.generation} R`;
  if (Array.isArray(value)) return `[${(value as readonly PdfValue[]).map((item) => written(file, item)).join(' ')}]`;
  if (typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'string') {
    return latin1(file.bytes.subarray(value.start, value.end));
  }
  throw new PdfError('The trailer is not that of a rendered report.', file.trailer.start);
}

/** Text in UTF-16 with a byte order mark, as hex digits: no character needs escaping. */
function textString(text: string): string {
  let digits = 'feff';
  for (let index = 0; index < text.length; index += 1) digits += text.charCodeAt(index).toString(16).padStart(4, '0');
  return `<${digits}>`;
}

/** `D:20261124162011Z`. */
function pdfDate(date: Date): string {
  return `D:${date.toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`;
}

function requireReference(value: PdfValue | undefined): PdfReference {
  if (isReference(value)) return value;
  throw new PdfError('A reference is missing.', 0);
}

function requireDictionary(value: PdfValue): PdfDictionary {
  if (isDictionary(value)) return value;
  throw new PdfError('A dictionary is missing.', 0);
}
