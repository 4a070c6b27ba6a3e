import { randomBytes } from 'node:crypto';

/** Recovery codes: 160 random bits in Crockford's Base32, printed in eight groups of four. */

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const codeLength = 32;

/** A fresh code such as `7K2M-9QXW-...`. It is shown once and stored nowhere. */
export function newRecoveryCode(): string {
  let bits = 0n;
  for (const byte of randomBytes(20)) bits = (bits << 8n) | BigInt(byte);
  let code = '';
  for (let position = 0; position < codeLength; position += 1) {
    code = alphabet.charAt(Number(bits & 31n)) + code;
    bits >>= 5n;
  }
  return code.replace(/.{4}(?!$)/g, '$&-');
}

/** What was typed, forgivingly: case, spaces and dashes do not matter; O reads as 0, I and L as 1. */
export function normaliseRecoveryCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
}
