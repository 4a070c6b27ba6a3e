import { IntlMessageFormat } from 'intl-messageformat';
import { messages } from './en/index.ts';

/** Every key of the message catalogues. */
export type MessageKey = keyof typeof messages;

/** Values for the placeholders of a message. */
export type MessageValues = Readonly<Record<string, string | number | boolean | Date>>;

/** The language of the window. English is the only catalogue so far. */
export const language = 'en';

const compiled = new Map<string, IntlMessageFormat>();

/** The message of a key with its placeholders filled in (ICU message syntax, plurals included). */
export function t(key: MessageKey, values?: MessageValues): string {
  const message = messages[key];
  if (!message.includes('{') && !message.includes("''")) return message;
  let format = compiled.get(key);
  if (format === undefined) {
    format = new IntlMessageFormat(message, language, undefined, { ignoreTag: true });
    compiled.set(key, format);
  }
  return String(format.format(values));
}

/** Whether the catalogue has this key; for keys that are put together, such as those of error codes. */
export function hasMessage(key: string): key is MessageKey {
  return Object.hasOwn(messages, key);
}

/** Writing direction of a language, for the document. */
export function direction(of: string): 'ltr' | 'rtl' {
  return /^(ar|fa|he|ur|ps|yi|dv|ckb)\b/.test(of) ? 'rtl' : 'ltr';
}
