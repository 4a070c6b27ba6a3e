import './ways-in.css';
import { AppWindow, Monitor } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CaptureSource } from '../../shared/ipc/shell.ts';
import { shell } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { Button, Checkbox, Dialog, ErrorNotice, Loading, Segmented } from '../ui/index.ts';
import { attachments } from './attach.tsx';
import type { AttachTarget } from './attach-store.ts';
import { momentNow } from './moment.ts';
import { screenName } from './transfer.ts';

const delays = ['0', '3', '5'] as const;

/** Takes a picture of a screen or a window and attaches it. */
export function CaptureDialog({ target, onClose }: { readonly target: AttachTarget; readonly onClose: () => void }) {
  const [sources, setSources] = useState<readonly CaptureSource[] | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);
  const [hide, setHide] = useState(true);
  const [delay, setDelay] = useState<(typeof delays)[number]>('0');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [attempt, setAttempt] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt asks again
  useEffect(() => {
    let stopped = false;
    setError(null);
    shell('captureSources').then(
      (found) => {
        if (stopped) return;
        setSources(found);
        setChosen((before) => (found.some(({ id }) => id === before) ? before : (found[0]?.id ?? null)));
      },
      (thrown) => stopped || setError(thrown),
    );
    return () => {
      stopped = true;
    };
  }, [attempt]);

  const take = async () => {
    if (chosen === null || busy) return;
    setBusy(true);
    setError(null);
    try {
      const { name, bytes, takenAt } = await shell('capture', { id: chosen, hideOwnWindow: hide, delay: Number(delay) as 0 | 3 | 5 });
      const at = new Date(takenAt);
      const file = new File([bytes as Uint8Array<ArrayBuffer>], `${screenName(at)}.png`, { type: 'image/png' });
      const details = { method: t('ways.capture.method'), source: name, collectedAt: momentNow(at) };
      void attachments().transferred(target, { files: [file], folders: [] }, details);
      onClose();
    } catch (thrown) {
      setError(thrown);
      setBusy(false);
    }
  };
  return (
    <Dialog
      isOpen
      onClose={onClose}
      title={t('ways.capture')}
      size="large"
      onSubmit={() => void take()}
      actions={
        <>
          <Button variant="quiet" onPress={() => setAttempt(attempt + 1)}>
            {t('ways.capture.again')}
          </Button>
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" variant="primary" isDisabled={chosen === null} isPending={busy}>
            {t('ways.capture.take')}
          </Button>
        </>
      }
    >
      <p className="muted">{t('ways.capture.text')}</p>
      {error === null ? null : <ErrorNotice error={error} onRetry={() => setAttempt(attempt + 1)} />}
      {sources === null ? (
        error === null ? (
          <Loading />
        ) : null
      ) : (
        <fieldset className="capture__sources">
          <legend className="visually-hidden">{t('ways.capture.sources')}</legend>
          {sources.map((source) => (
            <Source key={source.id} source={source} chosen={source.id === chosen} onChoose={() => setChosen(source.id)} />
          ))}
        </fieldset>
      )}
      <div className="capture__options">
        <Segmented
          label={t('ways.capture.delay')}
          showLabel
          value={delay}
          onChange={setDelay}
          options={delays.map((value) => ({ value, label: t('ways.capture.seconds', { count: Number(value) }) }))}
        />
        <Checkbox isSelected={hide} onChange={setHide}>
          {t('ways.capture.hide')}
        </Checkbox>
      </div>
    </Dialog>
  );
}

interface SourceProps {
  readonly source: CaptureSource;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function Source({ source: { id, name, kind, thumbnail }, chosen, onChoose }: SourceProps) {
  const [url, setUrl] = useState('');
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([thumbnail as Uint8Array<ArrayBuffer>], { type: 'image/png' }));
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [thumbnail]);
  const Icon = kind === 'screen' ? Monitor : AppWindow;
  return (
    <label className="capture__source">
      <input type="radio" name="capture-source" value={id} checked={chosen} onChange={onChoose} className="visually-hidden" />
      <span className="capture__picture">{url === '' ? null : <img src={url} alt="" />}</span>
      <span className="capture__name">
        <Icon aria-hidden="true" />
        <span className="truncate">{name}</span>
      </span>
    </label>
  );
}
