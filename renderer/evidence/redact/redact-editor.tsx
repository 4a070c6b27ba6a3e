import { type KeyboardEvent, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import type { Evidence } from '../../../shared/domain/evidence.ts';
import { mostPlaces, type RedactionReason, type Resolution } from '../../../shared/domain/redaction.ts';
import type { Progress } from '../../../shared/ipc/contract.ts';
import type { RedactedCopy } from '../../../shared/ipc/redaction.ts';
import { isCancelled } from '../../app-error.ts';
import { formatPercent } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { Button, ErrorNotice, Notice, ProgressPanel, showToast } from '../../ui/index.ts';
import { PdfPassword } from '../../ui/pdf-password.tsx';
import { isMac } from '../../ui/platform.ts';
import { pictureAttached } from '../picture/keep-picture.ts';
import { CopyForm } from './copy-form.tsx';
import { edit, editorWith, type Mark } from './editor.ts';
import { IdentifiersPanel } from './identifiers-panel.tsx';
import { type CopyTask, copyPages, copyPicture, copyText } from './make-copy.ts';
import { type PagesShown, PdfStage } from './pdf-stage.tsx';
import { PictureStage } from './picture-stage.tsx';
import { PlacesList } from './places-list.tsx';
import { RedactBar } from './redact-bar.tsx';
import { TextStage } from './text-stage.tsx';
import { useKeptMarks } from './use-kept-marks.ts';
import type { Original } from './use-original.ts';
import { usePdf } from './use-pdf.ts';

export interface RedactEditorProps {
  readonly evidence: Evidence;
  readonly original: Original;
  /** How many marked places would be lost by closing. */
  readonly onUnsaved: (count: number) => void;
  readonly onClose: () => void;
  readonly onMade: (copy: Evidence) => void;
}

const steps = [0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 3, 4];
/** Where a box goes that is added by key: the middle of the page. */
const newBox = { x: 0.35, y: 0.46, width: 0.3, height: 0.08 };

/** The original with its boxes or masks, the list of places, and the copy. */
export function RedactEditor({ evidence, original, onUnsaved, onClose, onMade }: RedactEditorProps) {
  const { kind, bytes, text, redactionId } = original;
  const [state, dispatch] = useReducer(edit, original.marks, editorWith);
  const [reason, setReason] = useState<RedactionReason>(evidence.sensitivity === 'normal' ? 'personal-data' : evidence.sensitivity);
  const [preview, setPreview] = useState(false);
  const [zoom, setZoom] = useState<number | null>(null);
  const [scale, setScale] = useState(1);
  const [broken, setBroken] = useState(false);
  const [copy, setCopy] = useState<RedactedCopy>({
    title: t('redaction.copy.named', { title: evidence.title }).slice(0, 400),
    sensitivity: 'normal',
    takeLinks: true,
  });
  const [resolution, setResolution] = useState<Resolution>(150);
  const [progress, setProgress] = useState<Progress | null>(null);
  const [error, setError] = useState<unknown>(null);
  const abort = useRef<AbortController | null>(null);
  const pages = useRef<PagesShown>(null);
  const pdf = usePdf(kind === 'pdf' ? bytes : null);
  const running = progress !== null;

  const marks = useMemo(() => inOrder(state.marks), [state.marks]);
  const numbers = useMemo(() => new Map(marks.map(({ id }, index) => [id, index + 1])), [marks]);
  useKeptMarks(redactionId, state.marks);
  useEffect(() => onUnsaved(marks.length), [marks.length, onUnsaved]);
  useEffect(() => () => abort.current?.abort(), []);

  const placeOf = useMemo(() => placeWords(kind, text), [kind, text]);

  const add = () => dispatch({ type: 'add', marks: [{ page: pages.current?.inView() ?? 1, ...newBox, reason }] });
  const save = async () => {
    abort.current = new AbortController();
    setError(null);
    setProgress({ label: '', done: 0, total: null, unit: 'items', elapsed: 0 });
    const task: CopyTask = { redactionId, copy, marks, signal: abort.current.signal, onProgress: setProgress };
    try {
      const made =
        kind === 'text'
          ? await copyText(task)
          : kind === 'image'
            ? await copyPicture(task, bytes, evidence.mediaType)
            : pdf.document === null
              ? null
              : await copyPages(task, pdf.document, resolution);
      if (made === null) return;
      if (made.known) showToast({ title: t('redaction.known'), tone: 'info' });
      else pictureAttached([made.evidence]);
      onMade(made.evidence);
    } catch (thrown) {
      if (!isCancelled(thrown)) setError(thrown);
    } finally {
      setProgress(null);
    }
  };
  const press = (event: KeyboardEvent) => {
    const chord = isMac ? event.metaKey : event.ctrlKey;
    const key = event.key.toLowerCase();
    const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
    const act = (run: () => void) => {
      event.preventDefault();
      run();
    };
    if (running || typing) return;
    if (chord && (key === 'y' || (key === 'z' && event.shiftKey))) act(() => dispatch({ type: 'redo' }));
    else if (chord && key === 'z') act(() => dispatch({ type: 'undo' }));
    else if (chord || event.altKey || kind === 'text') return;
    else if (key === 'b' && !preview && !broken) act(add);
    else if (key === 'p') act(() => setPreview(!preview));
  };

  const boxes = {
    marks,
    numberOf: (id: number) => numbers.get(id) ?? 0,
    selected: state.selected,
    wanted: state.wanted,
    preview: preview || running,
    reason,
    dispatch,
    zoom,
    onScale: setScale,
  };
  const unusable = broken || pdf.failure !== null;
  const tooMany = marks.length > mostPlaces;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the whole editor
    <div className="redact" onKeyDown={press}>
      <RedactBar
        kind={kind}
        reason={reason}
        onReason={setReason}
        onAdd={add}
        canAdd={!preview && !running && !unusable}
        preview={preview}
        onPreview={setPreview}
        onUndo={state.past.length === 0 || running ? null : () => dispatch({ type: 'undo' })}
        onRedo={state.future.length === 0 || running ? null : () => dispatch({ type: 'redo' })}
        scale={scale}
        onZoom={setZoom}
        steps={steps}
      />
      <div className="redact__stage">
        {kind === 'image' ? (
          <PictureStage {...boxes} bytes={bytes} mediaType={evidence.mediaType} title={evidence.title} onBroken={() => setBroken(true)} />
        ) : kind === 'text' ? (
          <TextStage text={text} title={evidence.title} marks={marks} wanted={state.wanted} reason={reason} dispatch={dispatch} />
        ) : pdf.document !== null ? (
          <PdfStage {...boxes} document={pdf.document} pages={pages} />
        ) : pdf.failure === 'encrypted' || pdf.failure === 'wrong-password' ? (
          <PdfPassword isWrong={pdf.failure === 'wrong-password'} isTrying={pdf.trying} onPassword={pdf.tryPassword} />
        ) : pdf.failure !== null ? (
          <Notice tone="warning" title={t('redaction.broken.pdf')}>
            {t('redaction.broken.pdf.text')}
          </Notice>
        ) : null}
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls with the keyboard */}
      <section className="redact__side" aria-label={t('redaction.side')} tabIndex={0}>
        {kind === 'text' ? (
          <div className="redact__part">
            <h3 className="overline">{t('redaction.identifiers')}</h3>
            <IdentifiersPanel text={text} marks={marks} onMask={(found) => dispatch({ type: 'add', marks: found })} />
          </div>
        ) : null}
        <div className="redact__part redact__part--places">
          <h3 className="overline">{t('redaction.places.count', { count: marks.length })}</h3>
          <PlacesList
            marks={marks}
            selected={state.selected}
            placeOf={placeOf}
            dispatch={dispatch}
            none={t(kind === 'text' ? 'redaction.places.none.text' : 'redaction.places.none')}
          />
        </div>
        <div className="redact__part">
          <h3 className="overline">{t('redaction.copy')}</h3>
          <CopyForm
            kind={kind}
            copy={copy}
            onChange={(patch) => setCopy({ ...copy, ...patch })}
            resolution={resolution}
            onResolution={setResolution}
            controls={evidence.controls.length}
            isReadOnly={running}
          />
        </div>
        {tooMany ? <Notice tone="warning" title={t('redaction.places.many', { most: mostPlaces })} /> : null}
        {error === null ? null : <ErrorNotice error={error} />}
        {running ? (
          <ProgressPanel label={t(`redaction.running.${kind}`)} progress={progress} onCancel={() => abort.current?.abort()} />
        ) : (
          <div className="redact__actions">
            <Button onPress={onClose}>{t('common.cancel')}</Button>
            <Button
              variant="primary"
              isDisabled={marks.length === 0 || tooMany || unusable || copy.title.trim() === ''}
              onPress={() => void save()}
            >
              {t('redaction.save')}
            </Button>
          </div>
        )}
      </section>
      <p id="redact-keys" className="visually-hidden">
        {t(kind === 'text' ? 'redaction.keys.text' : 'redaction.keys')}
      </p>
    </div>
  );
}

/** By page, then from top to bottom; texts by position. */
function inOrder(marks: readonly Mark[]): readonly Mark[] {
  return [...marks].sort((one, other) => one.page - other.page || one.y - other.y || one.x - other.x || one.id - other.id);
}

/** Where a place is, in words. */
function placeWords(kind: Original['kind'], text: string): (mark: Mark) => string {
  if (kind === 'image') return ({ x, y }) => t('redaction.place.image', { down: formatPercent(y), across: formatPercent(x) });
  if (kind === 'pdf') return ({ page, y }) => t('redaction.place.pdf', { page, down: formatPercent(y) });
  const lineStarts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lineStarts.push(at + 1);
  return ({ x }) => {
    let low = 0;
    let high = lineStarts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((lineStarts[middle] ?? 0) <= x) low = middle;
      else high = middle;
    }
    return t('redaction.place.text', { line: low + 1, column: x - (lineStarts[low] ?? 0) + 1 });
  };
}
