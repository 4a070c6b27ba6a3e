import { useEffect, useRef, useState } from 'react';
import { formatBytes } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { PreviewBar } from './frame.tsx';
import { bytesPerRow, hexRow } from './hex-rows.ts';
import { useCharacterWidth } from './use-columns.ts';
import { useRows } from './use-rows.ts';

export interface HexPreviewProps {
  readonly bytes: Uint8Array;
  readonly title: string;
  /** Bytes of the whole file. */
  readonly size: number;
}

/** Height of a row in pixels; the style sheet sets the same. */
const rowHeight = 20;

/** The bytes of a file that is not drawn. */
export function HexPreview({ bytes, title, size }: HexPreviewProps) {
  const probe = useRef<HTMLSpanElement>(null);
  const character = useCharacterWidth(probe);
  const [perRow, setPerRow] = useState(16);
  const view = useRows(Math.ceil(bytes.length / perRow), rowHeight);
  useEffect(() => {
    if (view.width > 0) setPerRow(bytesPerRow(view.width, character));
  }, [view.width, character]);
  const indexes = Array.from({ length: Math.max(0, view.end - view.first) }, (_, index) => view.first + index);
  return (
    <div className="preview">
      <PreviewBar facts={t('preview.hex.size', { shown: formatBytes(bytes.length), size: formatBytes(size) })} />
      <p className="preview__remark">{t('preview.hex.note')}</p>
      <section
        ref={view.scroller}
        className="preview__scroll preview__scroll--text"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the bytes scroll with the keyboard
        tabIndex={0}
        data-content
        aria-label={t('preview.hex.of', { title })}
      >
        <span ref={probe} className="mono preview__probe" aria-hidden="true">
          0000000000
        </span>
        <div className="preview__sheet mono" style={{ blockSize: `${view.surface}px` }}>
          <div className="preview__rows" style={{ transform: `translateY(${view.offset}px)` }}>
            {indexes.map((index) => {
              const { offset, numbers, letters } = hexRow(bytes, index, perRow);
              return (
                <div key={index} className="preview__line hex">
                  <span className="hex__offset">{offset}</span>
                  <span className="hex__numbers">{numbers}</span>
                  <span className="hex__letters">{letters}</span>
                </div>
              );
            })}
          </div>
        </div>
      </section>
    </div>
  );
}
