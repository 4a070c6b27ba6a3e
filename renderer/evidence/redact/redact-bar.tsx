import { Maximize, Redo2, SquarePlus, Undo2, ZoomIn, ZoomOut } from 'lucide-react';
import type { RedactionKind, RedactionReason } from '../../../shared/domain/redaction.ts';
import { formatPercent } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { Button, IconButton, Segmented } from '../../ui/index.ts';
import { ReasonSelect } from './places-list.tsx';

export interface RedactBarProps {
  readonly kind: RedactionKind;
  /** The reason of the next place. */
  readonly reason: RedactionReason;
  readonly onReason: (reason: RedactionReason) => void;
  readonly onAdd: () => void;
  readonly canAdd: boolean;
  readonly preview: boolean;
  readonly onPreview: (preview: boolean) => void;
  /** Null where there is nothing to undo. */
  readonly onUndo: (() => void) | null;
  readonly onRedo: (() => void) | null;
  readonly scale: number;
  /** Null fits. */
  readonly onZoom: (zoom: number | null) => void;
  readonly steps: readonly number[];
}

/** Marking or looking at the result, undo, zoom. */
export function RedactBar(props: RedactBarProps) {
  const { kind, reason, onReason, onAdd, canAdd, preview, onPreview, onUndo, onRedo, scale, onZoom, steps } = props;
  const smaller = steps.filter((step) => step < scale - 0.005).at(-1);
  const larger = steps.find((step) => step > scale + 0.005);
  return (
    <div className="redact-bar" role="toolbar" aria-label={t('redaction.bar')}>
      {kind === 'text' ? null : (
        <>
          <Segmented
            label={t('redaction.view')}
            size="small"
            value={preview ? 'result' : 'mark'}
            onChange={(view) => onPreview(view === 'result')}
            options={[
              { value: 'mark', label: t('redaction.view.mark') },
              { value: 'result', label: t('redaction.view.result') },
            ]}
          />
          <Button size="small" icon={<SquarePlus aria-hidden="true" />} shortcut="b" isDisabled={!canAdd} onPress={onAdd}>
            {t('redaction.add')}
          </Button>
        </>
      )}
      <span className="redact-bar__reason">
        <span aria-hidden="true">{t('redaction.reason')}</span>
        <ReasonSelect label={t('redaction.reason')} value={reason} onChange={onReason} />
      </span>
      <span className="redact-bar__group">
        <IconButton
          label={t('common.undo')}
          shortcut="Mod+Z"
          icon={<Undo2 aria-hidden="true" />}
          size="small"
          isDisabled={onUndo === null}
          onPress={() => onUndo?.()}
        />
        <IconButton
          label={t('redaction.redo')}
          shortcut="Mod+Shift+Z"
          icon={<Redo2 aria-hidden="true" />}
          size="small"
          isDisabled={onRedo === null}
          onPress={() => onRedo?.()}
        />
      </span>
      {kind === 'text' ? null : (
        <span className="redact-bar__group redact-bar__zoom">
          <IconButton
            label={t('redaction.zoomOut')}
            icon={<ZoomOut aria-hidden="true" />}
            size="small"
            isDisabled={smaller === undefined}
            onPress={() => onZoom(smaller ?? null)}
          />
          <span className="numeric redact-bar__scale">{formatPercent(scale)}</span>
          <IconButton
            label={t('redaction.zoomIn')}
            icon={<ZoomIn aria-hidden="true" />}
            size="small"
            isDisabled={larger === undefined}
            onPress={() => onZoom(larger ?? null)}
          />
          <IconButton label={t('redaction.fit')} icon={<Maximize aria-hidden="true" />} size="small" onPress={() => onZoom(null)} />
        </span>
      )}
    </div>
  );
}
