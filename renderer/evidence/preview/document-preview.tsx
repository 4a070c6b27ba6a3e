import { createElement, useMemo } from 'react';
import type { EvidenceId } from '../../../shared/domain/ids.ts';
import type { DocumentBlock } from '../../../shared/domain/preview.ts';
import { t } from '../../i18n/translate.ts';
import { type DocumentPart, documentParts } from './document-parts.ts';
import { ReadingPage } from './reading-page.tsx';

export interface DocumentPreviewProps {
  readonly evidenceId: EvidenceId;
  readonly title: string;
  readonly blocks: readonly DocumentBlock[];
}

/** A word processor's document or slides as plain text in a column that can be read. */
export function DocumentPreview({ evidenceId, title, blocks }: DocumentPreviewProps) {
  const parts = useMemo(() => documentParts(blocks), [blocks]);
  return (
    <ReadingPage evidenceId={evidenceId} label={t('preview.document.of', { title })}>
      {parts.length === 0 ? <p className="muted">{t('preview.document.empty')}</p> : null}
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of a document have no other name
        <Part key={index} part={part} />
      ))}
    </ReadingPage>
  );
}

function Part({ part }: { readonly part: DocumentPart }) {
  switch (part.kind) {
    case 'heading':
      return createElement(`h${part.level}`, { className: `preview__heading preview__heading--${part.level}` }, part.text);
    case 'part':
      return (
        <p className="preview__part overline">
          {t(`preview.part.${part.name}`)}
          {part.author === '' ? null : <span> · {part.author}</span>}
        </p>
      );
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
