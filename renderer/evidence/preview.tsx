import './preview.css';
import { EyeOff } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { Evidence } from '../../shared/domain/evidence.ts';
import type { PreviewKind } from '../../shared/ipc/evidence.ts';
import { call } from '../bridge.ts';
import { formatBytes } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { EmptyState, ErrorNotice, Loading } from '../ui/index.ts';
import { PdfPages } from '../ui/pdf-pages.tsx';
import { ImagePreview } from './image-preview.tsx';
import { TextPreview } from './text-preview.tsx';

type Content = Awaited<ReturnType<typeof load>>;
type State = { readonly content: Content | null; readonly error: unknown };

/** Looking goes into the custody ledger, so somebody who only passes by on the way to the next file has not looked. */
const pause = 250;
const nothing: State = { content: null, error: null };

export interface PreviewProps {
  readonly evidence: Evidence;
  readonly kind: PreviewKind;
  /** Offered where nothing can be drawn. */
  readonly exportButton: ReactNode;
}

/** The content: image, PDF or text. HTML and SVG arrive as text, so nothing in them runs or loads. */
export function Preview({ evidence, kind, exportButton }: PreviewProps) {
  const [state, setState] = useState(nothing);
  const [attempt, setAttempt] = useState(0);
  const drawn = kind !== 'none';
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    if (!drawn) return undefined;
    let stopped = false;
    setState(nothing);
    const timer = setTimeout(() => {
      load(evidence.id).then(
        (content) => stopped || setState({ content, error: null }),
        (error) => stopped || setState({ content: null, error }),
      );
    }, pause);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [evidence.id, drawn, attempt]);

  if (state.error !== null) {
    return (
      <div className="preview__message">
        <ErrorNotice error={state.error} onRetry={() => setAttempt(attempt + 1)} />
      </div>
    );
  }
  const none = (title: string) => (
    <div className="preview__message">
      <EmptyState icon={<EyeOff />} title={title} text={t('evidence.preview.none.text')} action={exportButton} />
    </div>
  );
  if (!drawn) return none(t('evidence.preview.none'));
  if (state.content === null) return <Loading />;
  const { bytes, mediaType, text, truncated } = state.content;
  if (text !== null) return <TextPreview text={text} title={evidence.title} cutAt={truncated ? formatBytes(bytesShown) : null} />;
  // Half an image or PDF draws as garbage or not at all.
  if (truncated || state.content.kind === 'none') return none(t('evidence.preview.large'));
  if (state.content.kind === 'pdf') return <PdfPages bytes={bytes} />;
  return <ImagePreview bytes={bytes} mediaType={mediaType} title={evidence.title} />;
}

/** The contract's `previewLimit`. */
const bytesShown = 32 * 1024 * 1024;

function load(evidenceId: Evidence['id']) {
  return call('evidence.preview', { evidenceId });
}
