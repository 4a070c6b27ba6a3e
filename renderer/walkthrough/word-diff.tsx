import { diffWords } from 'diff';
import { useMemo } from 'react';
import { t } from '../i18n/translate.ts';

/** Two texts word by word: what went is struck out, what came is underlined, and both are said aloud. */
export function WordDiff({ before, after }: { readonly before: string; readonly after: string }) {
  const parts = useMemo(() => diffWords(before, after), [before, after]);
  return (
    <p className="word-diff text-column">
      {parts.map((part, index) => {
        const Tag = part.added ? 'ins' : part.removed ? 'del' : 'span';
        const said = part.added ? 'walkthrough.earlier.came' : part.removed ? 'walkthrough.earlier.went' : null;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts have no identity but their order
          <Tag key={index}>
            {said === null ? null : <span className="visually-hidden">{t(said)} </span>}
            {part.value}
          </Tag>
        );
      })}
    </p>
  );
}
