import { diffWords } from 'diff';
import { useMemo } from 'react';
import { t } from '../i18n/translate.ts';

/** Two texts word by word: what went is struck out, what came is underlined, and both are said aloud. */
export function WordDiff({ before, after }: { readonly before: string; readonly after: string }) {
  const parts = useMemo(() => diffWords(before, after), [before, after]);
  return (
    <p className="word-diff text-column">
      {parts.map((part, index) => {
        if (part.added) {
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no identity but their order
            <ins key={index}>
              <span className="visually-hidden">{t('walkthrough.earlier.came')} </span>
              {part.value}
            </ins>
          );
        }
        if (part.removed) {
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no identity but their order
            <del key={index}>
              <span className="visually-hidden">{t('walkthrough.earlier.went')} </span>
              {part.value}
            </del>
          );
        }
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no identity but their order
        return <span key={index}>{part.value}</span>;
      })}
    </p>
  );
}
