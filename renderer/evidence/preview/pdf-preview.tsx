import { useState } from 'react';
import type { EvidenceId } from '../../../shared/domain/ids.ts';
import { type Locate, PdfPages } from '../../ui/pdf-pages.tsx';
import { LargerButton } from './frame.tsx';
import { placeInPdf } from './pdf-places.ts';
import { useWantedPlace } from './places.ts';

export interface PdfPreviewProps {
  readonly evidenceId: EvidenceId;
  readonly bytes: Uint8Array;
  /** Shown in a dialog that fills the window. */
  readonly large: boolean;
}

/** A PDF, which shows the place of an identifier when it is asked for beside it. */
export function PdfPreview({ evidenceId, bytes, large }: PdfPreviewProps) {
  const [wanted, setWanted] = useState<{ readonly locate: Locate } | null>(null);
  useWantedPlace(evidenceId, (hit) => setWanted({ locate: (textOf, pages) => placeInPdf(textOf, pages, hit) }));
  return <PdfPages bytes={bytes} tools={<LargerButton />} inDialog={large} locate={wanted?.locate ?? null} />;
}
