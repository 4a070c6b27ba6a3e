import { setDensity, setTheme } from '../appearance.ts';
import { type Command, useCommands } from '../commands.ts';
import { t } from '../i18n/translate.ts';
import { goBack, navigate } from '../router.ts';
import type { ScreenName } from '../screens.ts';
import { lockNow } from '../session.ts';
import { showError } from '../ui/index.ts';

/** The key after `g` for each screen. */
export const screenKeys: Readonly<Record<ScreenName, string>> = {
  audits: 'g h',
  dashboard: 'g d',
  walkthrough: 'g w',
  requests: 'g q',
  evidence: 'g e',
  findings: 'g f',
  plan: 'g a',
  review: 'g v',
  report: 'g r',
  checklists: 'g c',
  trail: 'g t',
  settings: 'g s',
  verify: 'g y',
};

interface FrameActions {
  readonly openPalette: () => void;
  readonly openKeys: () => void;
}

/** The commands that exist on every screen. Their ids are also those of the shell's menu. */
export function useFrameCommands({ openPalette, openKeys }: FrameActions): void {
  const general = t('frame.group.general');
  const screens: Command[] = (Object.keys(screenKeys) as ScreenName[]).map((screen) => ({
    id: `go-${screen}`,
    title: t('frame.go', { screen: t(`frame.screen.${screen}`) }),
    keys: screenKeys[screen],
    group: t('frame.group.go'),
    run: () => navigate(screen),
  }));
  useCommands([
    ...screens,
    { id: 'find', title: t('frame.palette.open'), keys: 'Mod+K', group: general, hidden: true, run: openPalette },
    { id: 'shortcuts', title: t('frame.keys'), keys: '?', group: general, run: openKeys },
    { id: 'back', title: t('frame.back'), keys: 'Alt+Left', group: general, run: goBack },
    { id: 'lock', title: t('frame.lock'), keys: 'Mod+L', group: general, always: true, run: () => void lockNow().catch(showError) },
    ...(['system', 'light', 'dark'] as const).map((theme) => ({
      id: `theme-${theme}`,
      title: t(`frame.theme.${theme}`),
      group: general,
      run: () => setTheme(theme),
    })),
    ...(['comfortable', 'compact'] as const).map((density) => ({
      id: `density-${density}`,
      title: t(`frame.density.${density}`),
      group: general,
      run: () => setDensity(density),
    })),
  ]);
}
