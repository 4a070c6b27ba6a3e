import { Monitor, Moon, Rows2, Rows4, Sun } from 'lucide-react';
import { densities, density, setDensity, setTheme, theme, themes } from '../appearance.ts';
import { t } from '../i18n/translate.ts';
import { useStore } from '../store.ts';
import { Section, Segmented } from '../ui/index.ts';

const themeIcons = { system: Monitor, light: Sun, dark: Moon } as const;
const densityIcons = { comfortable: Rows2, compact: Rows4 } as const;

/** Theme and density; kept on this computer, not in the vault. */
export function Appearance() {
  return (
    <Section title={t('settings.appearance')}>
      <div className="settings__pair">
        <Segmented
          label={t('settings.theme')}
          showLabel
          value={useStore(theme)}
          onChange={setTheme}
          options={themes.map((value) => {
            const Icon = themeIcons[value];
            return { value, label: t(`settings.theme.${value}`), icon: <Icon aria-hidden="true" /> };
          })}
        />
        <Segmented
          label={t('settings.density')}
          showLabel
          value={useStore(density)}
          onChange={setDensity}
          options={densities.map((value) => {
            const Icon = densityIcons[value];
            return { value, label: t(`settings.density.${value}`), icon: <Icon aria-hidden="true" /> };
          })}
        />
      </div>
    </Section>
  );
}
