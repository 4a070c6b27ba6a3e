import type { AnswerPatch } from '../../shared/domain/answer.ts';
import { type Command, useCommands } from '../commands.ts';
import { t } from '../i18n/translate.ts';
import { showError, verdictWord } from '../ui/index.ts';
import { verdictOrder } from './control-pane.tsx';
import { useTyping } from './use-typing.ts';

export interface WalkthroughActions {
  readonly step: (direction: 1 | -1) => void;
  readonly edit: (patch: AnswerPatch) => void;
  readonly focusRationale: () => void;
  readonly focusSearch: () => void;
  readonly attach: () => void;
  readonly newFinding: () => void;
  readonly toggleReady: () => void;
  readonly toggleTray: () => void;
  readonly ready: boolean;
  readonly undo: () => Promise<void>;
  readonly redo: () => Promise<void>;
}

/** The keys of the walkthrough. */
export function useWalkthroughCommands(actions: WalkthroughActions): void {
  const typing = useTyping();
  const group = t('walkthrough.group');
  const verdictCommands = verdictOrder.map(
    (verdict, index): Command => ({
      id: `walkthrough.verdict.${verdict}`,
      group,
      title: t('walkthrough.verdict.set', { verdict: verdictWord(verdict) }),
      keys: String(index + 1),
      run: () => actions.edit({ verdict }),
    }),
  );
  const undoable = (keys: string | readonly string[]) => (typing ? {} : { keys });
  useCommands([
    { id: 'walkthrough.next', group, title: t('walkthrough.next'), keys: 'j', run: () => actions.step(1) },
    { id: 'walkthrough.previous', group, title: t('walkthrough.previous'), keys: 'k', run: () => actions.step(-1) },
    ...verdictCommands,
    { id: 'walkthrough.rationale', group, title: t('walkthrough.rationale.focus'), keys: 'n', run: actions.focusRationale },
    { id: 'walkthrough.attach', group, title: t('walkthrough.attach.command'), keys: 'e', run: actions.attach },
    { id: 'walkthrough.finding', group, title: t('walkthrough.finding.new'), keys: 'f', run: actions.newFinding },
    {
      id: 'walkthrough.ready',
      group,
      title: t(actions.ready ? 'walkthrough.markNotReady' : 'walkthrough.markReady'),
      keys: 'm',
      run: actions.toggleReady,
    },
    { id: 'walkthrough.tray', group, title: t('register.tray.command'), keys: 't', run: actions.toggleTray },
    { id: 'walkthrough.search', group, title: t('walkthrough.search'), keys: '/', run: actions.focusSearch },
    // A text field has an undo of its own, so the keys are left to it while somebody types.
    {
      id: 'walkthrough.undo',
      group,
      title: t('walkthrough.undo'),
      ...undoable('Mod+z'),
      run: () => void actions.undo().catch(showError),
    },
    {
      id: 'walkthrough.redo',
      group,
      title: t('walkthrough.redo'),
      ...undoable(['Mod+Shift+z', 'Mod+y']),
      run: () => void actions.redo().catch(showError),
    },
  ]);
}
