import PDFDocument from 'pdfkit';

/** What the report needs of PDFKit beyond its published types. The package is pinned to one exact version. */
interface Internals {
  _offset: number;
  readonly page: { write: (content: string) => void };
  endMetadata: () => void;
}

const original = PDFDocument.prototype as unknown as Internals;

/**
 * PDFKit with three things of its own. It escapes the document information that goes into XML. It keeps drawing
 * operators as text until a page is done, and the file's objects until the end, instead of turning each of some hundred
 * thousand snippets into a buffer that passes through a stream.
 */
export class ReportDocument extends PDFDocument {
  /** Filled from within PDFKit's constructor, before fields with initial values would be set. */
  declare private operators: string[] | undefined;
  declare private snippets: (string | Uint8Array)[] | undefined;

  /** The finished file. Call once, instead of `end`. */
  finish(): Uint8Array {
    this.finishPage();
    this.end();
    return joined(this.snippets ?? []);
  }

  /** Hands the operators of the page to PDFKit. Call before another page is added. */
  finishPage(): void {
    if (this.operators) (this as unknown as Internals).page.write(this.operators.join('\n'));
    this.operators = undefined;
  }

  /** The operators that `draw` writes, without writing them. */
  capture(draw: () => void): string {
    const outside = this.operators;
    this.operators = undefined;
    draw();
    const captured = (this.operators ?? []).join('\n');
    this.operators = outside;
    return captured;
  }

  override addContent(operator: string): this {
    this.operators ??= [];
    this.operators.push(operator);
    return this;
  }

  override endMetadata(): void {
    const information = this.info as unknown as Record<string, unknown>;
    for (const [key, value] of Object.entries(information)) {
      if (typeof value === 'string') information[key] = escapeXml(value);
    }
    original.endMetadata.call(this);
  }

  /** PDFKit's one way of writing to the file; text is one byte a character, and a line feed ends it. */
  _write(data: unknown): void {
    this.snippets ??= [];
    const snippet = data instanceof Uint8Array ? data : `${data}\n`;
    this.snippets.push(snippet);
    (this as unknown as Internals)._offset += snippet.length;
  }
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Texts that follow each other are turned into bytes together. */
function joined(snippets: readonly (string | Uint8Array)[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let text: string[] = [];
  const turn = () => {
    if (text.length > 0) parts.push(Buffer.from(text.join(''), 'latin1'));
    text = [];
  };
  for (const snippet of snippets) {
    if (typeof snippet === 'string') text.push(snippet);
    else {
      turn();
      parts.push(snippet);
    }
  }
  turn();
  return Buffer.concat(parts);
}
