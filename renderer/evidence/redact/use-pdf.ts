import { useEffect, useState } from 'react';
import type { OpenPdf, PdfFailure } from '../../ui/pdf-document.ts';
import { openPdf, pdfFailure } from '../../ui/pdf-document.ts';

export interface UsedPdf {
  /** Null until it is open. */
  readonly document: OpenPdf['document'] | null;
  readonly failure: PdfFailure | null;
  readonly trying: boolean;
  /** Tries to open it with a password, which is kept as long as the editor is open. */
  readonly tryPassword: (password: string) => void;
}

/** A PDF that is open as long as the editor is. */
export function usePdf(bytes: Uint8Array | null): UsedPdf {
  const [document, setDocument] = useState<OpenPdf['document'] | null>(null);
  const [failure, setFailure] = useState<PdfFailure | null>(null);
  const [password, setPassword] = useState('');
  const [trying, setTrying] = useState(false);
  useEffect(() => {
    if (bytes === null) return undefined;
    let stopped = false;
    let opened: OpenPdf | null = null;
    openPdf(bytes, password).then(
      (pdf) => {
        opened = pdf;
        if (stopped) return pdf.close();
        setDocument(pdf.document);
        setFailure(null);
      },
      (error) => {
        if (stopped) return;
        setTrying(false);
        setFailure(pdfFailure(error));
      },
    );
    return () => {
      stopped = true;
      opened?.close();
    };
  }, [bytes, password]);
  const tryPassword = (typed: string) => {
    // The same once more is as wrong as before.
    setTrying(typed !== password);
    setPassword(typed);
  };
  return { document, failure, trying, tryPassword };
}
