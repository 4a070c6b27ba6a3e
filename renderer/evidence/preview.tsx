import './preview.css';
import { EyeOff } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import { type Evidence, evidenceLabel } from '../../shared/domain/evidence.ts';
import type { Preview as LoadedPreview } from '../../shared/domain/preview.ts';
import { useCommands } from '../commands.ts';
import { formatBytes } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { Dialog, EmptyState, ErrorNotice, Loading } from '../ui/index.ts';
import { keepPictureOf } from './picture/keep-picture.ts';
import { Content } from './preview/content.tsx';
import { largerKey, PreviewFrameContext } from './preview/frame.tsx';
import { loadPreview } from './preview/load.ts';
import { useMovable } from './preview/movable.tsx';

type State = { readonly preview: LoadedPreview | null; readonly loaded: boolean; readonly error: unknown };

/** Looking goes into the custody ledger, so somebody who only passes by on the way to the next file has not looked. */
const pause = 250;
const nothing: State = { preview: null, loaded: false, error: null };

export interface PreviewProps {
  readonly evidence: Evidence;
  /** Offered where nothing can be drawn. */
  readonly exportButton: ReactNode;
  /** Attaches an attachment of an e-mail, told by its index, as evidence of its own. Not offered when absent. */
  readonly onTakeAttachment?: (index: number) => void;
}

/** The content of a piece of evidence, drawn by its kind. HTML and SVG arrive as text, so nothing in them runs or loads. */
export function Preview({ evidence, exportButton, onTakeAttachment }: PreviewProps) {
  const [state, setState] = useState(nothing);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    let stopped = false;
    setState(nothing);
    const timer = setTimeout(() => {
      loadPreview(evidence).then(
        (preview) => {
          if (stopped) return;
          setState({ preview, loaded: true, error: null });
          void keepPictureOf(evidence.id, preview.content);
        },
        (error) => {
          if (!stopped) setState({ preview: null, loaded: true, error });
        },
      );
    }, pause);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [evidence.id, attempt]);

  if (state.error !== null) {
    return (
      <div className="preview__message">
        <ErrorNotice error={state.error} onRetry={() => setAttempt(attempt + 1)} />
      </div>
    );
  }
  if (!state.loaded) return <Loading />;
  if (state.preview === null) {
    return (
      <div className="preview__message">
        <EmptyState icon={<EyeOff />} title={t('preview.none')} text={t('preview.none.text')} action={exportButton} />
      </div>
    );
  }
  return <Drawn evidence={evidence} preview={state.preview} {...(onTakeAttachment === undefined ? {} : { onTakeAttachment })} />;
}

interface DrawnProps {
  readonly evidence: Evidence;
  readonly preview: LoadedPreview;
  readonly onTakeAttachment?: (index: number) => void;
}

/** The content, beside the list or in a window of its own. */
function Drawn({ evidence, preview, onTakeAttachment }: DrawnProps) {
  const [large, setLarge] = useState(false);
  const toggle = () => setLarge(!large);
  const group = t('preview.group');
  useCommands([
    { id: 'preview.larger', group, title: t('preview.larger'), keys: largerKey, always: large, run: toggle },
    ...(large ? [{ id: 'preview.smaller', group, title: t('preview.smaller'), keys: 'Escape', always: true, run: toggle }] : []),
  ]);
  // A locked PDF asks for its password where its pages would be.
  const notes = preview.limits.filter((limit) => limit !== 'encrypted' || preview.content.kind !== 'pdf');
  const movable = useMovable(
    <PreviewFrameContext.Provider value={{ large, toggle }}>
      {notes.map((limit) => (
        <p key={limit} className="preview__note">
          {t(`preview.limit.${limit}`, { size: formatBytes(evidence.size) })}
        </p>
      ))}
      <Content
        evidence={evidence}
        content={preview.content}
        large={large}
        {...(onTakeAttachment === undefined ? {} : { onTakeAttachment })}
      />
    </PreviewFrameContext.Provider>,
  );
  return (
    <>
      <div className="preview__slot" ref={movable.home} />
      <Dialog
        isOpen={large}
        onClose={() => setLarge(false)}
        size="window"
        title={t('preview.large.title', { label: evidenceLabel(evidence.number), title: evidence.title })}
      >
        <div className="preview__slot" ref={movable.elsewhere} />
      </Dialog>
      {movable.content}
    </>
  );
}
