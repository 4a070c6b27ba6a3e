import type { BoxLayerProps } from './box-layer.tsx';

/** What a picture and a PDF need to be marked. */
export interface StageProps extends Omit<BoxLayerProps, 'page'> {
  readonly bytes: Uint8Array;
  /** Null fits. */
  readonly zoom: number | null;
  /** The scale in which it is shown; 1 is its own size. */
  readonly onScale: (scale: number) => void;
  /** It cannot be drawn, so it cannot be redacted. */
  readonly onBroken: () => void;
}
