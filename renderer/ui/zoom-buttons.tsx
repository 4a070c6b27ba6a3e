import { RotateCcw, RotateCw, ZoomIn, ZoomOut } from 'lucide-react';
import type { ReactNode } from 'react';
import { formatPercent } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import { IconButton } from './button.tsx';

export interface ZoomButtonsProps {
  /** 1 is 100 %. */
  readonly scale: number;
  readonly scaleClass: string;
  /** Null where there is no further step. */
  readonly zoomOut: (() => void) | null;
  readonly zoomIn: (() => void) | null;
  /** Quarter turns, clockwise. */
  readonly onRotate: (turns: number) => void;
  /** Buttons for certain sizes, between zooming and turning. */
  readonly children: ReactNode;
}

/** Zooming and turning what is shown on a page or as a picture. */
export function ZoomButtons({ scale, scaleClass, zoomOut, zoomIn, onRotate, children }: ZoomButtonsProps) {
  return (
    <>
      <IconButton
        label={t('preview.zoomOut')}
        shortcut="-"
        icon={<ZoomOut aria-hidden="true" />}
        size="small"
        isDisabled={zoomOut === null}
        onPress={() => zoomOut?.()}
      />
      <span className={`numeric ${scaleClass}`} role="status">
        {formatPercent(scale)}
      </span>
      <IconButton
        label={t('preview.zoomIn')}
        shortcut="+"
        icon={<ZoomIn aria-hidden="true" />}
        size="small"
        isDisabled={zoomIn === null}
        onPress={() => zoomIn?.()}
      />
      {children}
      <IconButton
        label={t('preview.rotateLeft')}
        shortcut="R"
        icon={<RotateCcw aria-hidden="true" />}
        size="small"
        onPress={() => onRotate(-1)}
      />
      <IconButton
        label={t('preview.rotateRight')}
        shortcut="r"
        icon={<RotateCw aria-hidden="true" />}
        size="small"
        onPress={() => onRotate(1)}
      />
    </>
  );
}
