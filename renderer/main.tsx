import './ui/base.css';
import './trusted-types.ts';
import { StrictMode } from 'react';
import { I18nProvider } from 'react-aria-components';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startAppearance } from './appearance.ts';
import { direction, language } from './i18n/translate.ts';

document.documentElement.lang = language;
document.documentElement.dir = direction(language);
startAppearance();

const root = document.getElementById('root');
if (root === null) throw new Error('The page has no root element');
createRoot(root).render(
  <StrictMode>
    <I18nProvider locale={navigator.language.startsWith(language) ? navigator.language : language}>
      <App />
    </I18nProvider>
  </StrictMode>,
);
