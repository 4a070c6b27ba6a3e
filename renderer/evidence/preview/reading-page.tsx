import { Search } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import type { EvidenceId } from '../../../shared/domain/ids.ts';
import { t } from '../../i18n/translate.ts';
import { FindBar } from '../../ui/find-bar.tsx';
import { IconButton } from '../../ui/index.ts';
import { PreviewBar, usePreviewCommands } from './frame.tsx';
import { usePageFind } from './use-page-find.ts';

export interface ReadingPageProps {
  readonly evidenceId: EvidenceId;
  /** Names the page for who cannot see it. */
  readonly label: string;
  readonly children: ReactNode;
}

/** Words in a column that can be read and searched: a document, an e-mail. */
export function ReadingPage({ evidenceId, label, children }: ReadingPageProps) {
  const scroller = useRef<HTMLDivElement>(null);
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
        aria-label={label}
      >
        <div className="preview__column">{children}</div>
      </section>
    </div>
  );
}
