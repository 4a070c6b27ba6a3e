import { MoveHorizontal, Search } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';
import { t } from '../i18n/translate.ts';
import { IconButton } from './button.tsx';
import { JumpField } from './jump-field.tsx';
import { ZoomButtons } from './zoom-buttons.tsx';

export interface PdfBarProps {
  readonly page: number;
  readonly pages: number;
  readonly pageField: RefObject<HTMLInputElement | null>;
  readonly onPage: (page: number) => void;
  /** 1 is 100 %. */
  readonly zoom: number;
  /** Null where there is no further step. */
  readonly zoomOut: (() => void) | null;
  readonly zoomIn: (() => void) | null;
  readonly onFit: () => void;
  readonly onRotate: (turns: number) => void;
  readonly onFind: () => void;
  /** Further buttons at the end. */
  readonly tools: ReactNode;
}

/** The row of buttons above a PDF. */
export function PdfBar({ page, pages, pageField, onPage, zoom, zoomOut, zoomIn, onFit, onRotate, onFind, tools }: PdfBarProps) {
  return (
    <div className="pdf__bar">
      <JumpField
        label={t('preview.pdf.page')}
        value={page}
        most={pages}
        after={t('preview.pdf.of', { count: pages })}
        onJump={onPage}
        inputRef={pageField}
      />
      <span className="pdf__tools">
        <IconButton label={t('preview.find')} shortcut="Mod+F" icon={<Search aria-hidden="true" />} size="small" onPress={onFind} />
        <ZoomButtons scale={zoom} scaleClass="pdf__scale" zoomOut={zoomOut} zoomIn={zoomIn} onRotate={onRotate}>
          <IconButton label={t('report.pdf.fit')} shortcut="0" icon={<MoveHorizontal aria-hidden="true" />} size="small" onPress={onFit} />
        </ZoomButtons>
        {tools}
      </span>
    </div>
  );
}
