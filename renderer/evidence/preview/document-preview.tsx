import { Search } from 'lucide-react';
import { createElement, useMemo, useRef } from 'react';
import type { EvidenceId } from '../../../shared/domain/ids.ts';
import type { DocumentBlock } from '../../../shared/domain/preview.ts';
import { t } from '../../i18n/translate.ts';
import { FindBar } from '../../ui/find-bar.tsx';
import { IconButton } from '../../ui/index.ts';
import { type DocumentPart, documentParts } from './document-parts.ts';
import { PreviewBar, usePreviewCommands } from './frame.tsx';
import { usePageFind } from './use-page-find.ts';

export interface DocumentPreviewProps {
  readonly evidenceId: EvidenceId;
  readonly title: string;
  readonly blocks: readonly DocumentBlock[];
}

/** A word processor's document or slides as plain text in a column that can be read. */
export function DocumentPreview({ evidenceId, title, blocks }: DocumentPreviewProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const parts = useMemo(() => documentParts(blocks), [blocks]);
  const find = usePageFind(evidenceId, scroller);
  usePreviewCommands([
    { id: 'preview.find', title: t('preview.find'), keys: 'Mod+F', run: find.open },
    { id: 'preview.find.next', title: t('preview.find.next'), keys: 'F3', run: () => find.step(1) },
    { id: 'preview.find.previous', title: t('preview.find.previous'), keys: 'Shift+F3', run: () => find.step(-1) },
  ]);
  return (
    <div className="preview">
      <PreviewBar>
        <IconButton label={t('preview.find')} shortcut="Mod+F" icon={<Search aria-hidden="true" />} size="small" onPress={find.open} />
      </PreviewBar>
      <FindBar find={find} onClose={() => scroller.current?.focus()} />
      <section
        ref={scroller}
        className="preview__scroll preview__scroll--page"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: the text scrolls with the keyboard
        tabIndex={0}
        data-content
        aria-label={t('preview.document.of', { title })}
      >
        <div className="preview__column">
          {parts.length === 0 ? <p className="muted">{t('preview.document.empty')}</p> : null}
          {parts.map((part, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of a document have no other name
            <Part key={index} part={part} />
          ))}
        </div>
      </section>
    </div>
  );
}

function Part({ part }: { readonly part: DocumentPart }) {
  switch (part.kind) {
    case 'heading':
      return createElement(`h${part.level}`, { className: `preview__heading preview__heading--${part.level}` }, part.text);
    case 'paragraph':
      return <p className="preview__paragraph">{part.text}</p>;
    case 'list':
      return (
        <ul className="preview__list">
          {part.items.map(({ depth, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: items of a list have no other name
            <li key={index} style={{ marginInlineStart: `${(Math.min(depth, 8) - 1) * 1.25}rem` }}>
              {text}
            </li>
          ))}
        </ul>
      );
    case 'table':
      return (
        <div className="preview__wide">
          <table className="preview__table">
            <tbody>
              {part.rows.map((cells, row) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: rows of a table have no other name
                <tr key={row}>
                  {cells.map((text, column) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: cells of a row have no other name
                    <td key={column}>{text}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
  }
}
