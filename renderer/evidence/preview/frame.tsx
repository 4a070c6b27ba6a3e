import { Maximize2, Minimize2 } from 'lucide-react';
import { createContext, type ReactNode, useContext } from 'react';
import { useCommands } from '../../commands.ts';
import { t } from '../../i18n/translate.ts';
import { IconButton } from '../../ui/index.ts';

/** Where a preview is shown: beside the list, or in a dialog that fills the window. */
export interface PreviewFrame {
  readonly large: boolean;
  /** Goes to the other one. */
  readonly toggle: () => void;
}

export const PreviewFrameContext = createContext<PreviewFrame>({ large: false, toggle: () => undefined });

/** The key for the large window and back. */
export const largerKey = 'v';

export function LargerButton() {
  const { large, toggle } = useContext(PreviewFrameContext);
  return (
    <IconButton
      label={large ? t('preview.smaller') : t('preview.larger')}
      shortcut={largerKey}
      icon={large ? <Minimize2 aria-hidden="true" /> : <Maximize2 aria-hidden="true" />}
      size="small"
      onPress={toggle}
    />
  );
}

export interface PreviewCommand {
  readonly id: string;
  readonly title: string;
  readonly keys: string | readonly string[];
  readonly run: () => void;
}

/** The keys of a preview. In the large window they work although a dialog is open. */
export function usePreviewCommands(commands: readonly PreviewCommand[]): void {
  const { large } = useContext(PreviewFrameContext);
  useCommands(commands.map((command) => ({ ...command, group: t('preview.group'), always: large })));
}

/** The row of buttons above a preview: facts on the left, buttons on the right, the one for the large window last. */
export function PreviewBar({ facts, children }: { readonly facts?: ReactNode; readonly children?: ReactNode }) {
  return (
    <div className="preview__bar">
      <span className="preview__facts numeric">{facts}</span>
      <span className="preview__tools">
        {children}
        <LargerButton />
      </span>
    </div>
  );
}
