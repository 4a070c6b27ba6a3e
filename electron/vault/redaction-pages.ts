import PDFDocument from 'pdfkit';

/**
 * A PDF of pictures alone: no text, no links, no attachments, no layers and nothing of the original's description. Each page
 * leaves memory when it is written.
 */
export interface PagesWriter {
  /** Size in points, and the page as PNG. */
  addPage(size: { readonly width: number; readonly height: number }, picture: Buffer): void;
  /** Resolves when the last byte was handed on. */
  finish(): Promise<void>;
}

export function createPages(title: string, onBytes: (bytes: Uint8Array) => void): PagesWriter {
  const document = new PDFDocument({
    autoFirstPage: false,
    // Nothing is written; the standard font would be looked for beside the program.
    font: '',
    info: { Title: title, Creator: 'Sealbook', Producer: 'Sealbook' },
  });
  let failure: unknown = null;
  const ended = new Promise<void>((resolve) => {
    document.on('end', resolve);
  });
  // Whoever takes the bytes may fail, such as on a full disk; thrown from here, nobody would catch it.
  document.on('data', (bytes: Uint8Array) => {
    try {
      if (failure === null) onBytes(bytes);
    } catch (error) {
      failure = error;
    }
  });
  return {
    addPage({ width, height }, picture) {
      if (failure !== null) throw failure;
      document.addPage({ size: [width, height], margin: 0 });
      document.image(picture, 0, 0, { width, height });
    },
    async finish() {
      document.end();
      await ended;
      if (failure !== null) throw failure;
    },
  };
}
