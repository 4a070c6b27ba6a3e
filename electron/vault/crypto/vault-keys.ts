import { deriveKey } from './seal.ts';

/** Labels of the keys derived from the vault key. */
const labels = { records: 'sealbook/v1/records', evidence: 'sealbook/v1/evidence', trail: 'sealbook/v1/trail' } as const;

/** The raw key of the record database. */
export function recordsKey(vaultKey: Uint8Array): Buffer {
  return deriveKey(vaultKey, labels.records);
}

/** The key that wraps each sealed object's own key. */
export function evidenceKey(vaultKey: Uint8Array): Buffer {
  return deriveKey(vaultKey, labels.evidence);
}

/** The key of the trail's MACs. */
export function trailKey(vaultKey: Uint8Array): Buffer {
  return deriveKey(vaultKey, labels.trail);
}
