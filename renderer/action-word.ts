import { hasMessage, t } from './i18n/translate.ts';

/** What an action of the trail is called, e.g. `attached evidence`; unknown actions keep their own name. */
export function actionWord(action: string): string {
  const key = `common.action.${action}`;
  return hasMessage(key) ? t(key) : action;
}
