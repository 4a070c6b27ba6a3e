import { useEffect, useState } from 'react';
import type { OpenPdf } from '../../ui/pdf-document.ts';
import { openPdf } from '../../ui/pdf-document.ts';

/** A PDF that is open as long as the editor is; `failed` when it is damaged or needs a password. */
export function usePdf(bytes: Uint8Array | null): { readonly document: OpenPdf['document'] | null; readonly failed: boolean } {
  const [document, setDocument] = useState<OpenPdf['document'] | null>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    if (bytes === null) return undefined;
    let stopped = false;
    let opened: OpenPdf | null = null;
    openPdf(bytes).then(
      (pdf) => {
        opened = pdf;
        if (stopped) pdf.close();
        else setDocument(pdf.document);
      },
      () => stopped || setFailed(true),
    );
    return () => {
      stopped = true;
      opened?.close();
    };
  }, [bytes]);
  return { document, failed };
}
