/**
 * Text without halves of characters (lone surrogates, as a cut in the middle of one leaves them); each becomes U+FFFD. A database stores
 * UTF-8, which has no form for them, so what is hashed before it is stored must not hold any.
 */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
