import type { EvidenceFact } from '../../shared/domain/evidence.ts';
import { type EvidenceFactName, longestFact } from '../../shared/domain/evidence-facts.ts';
import { shortText } from './text.ts';

/** A fact in a list, or an empty list where the file does not say it. */
export function fact(name: EvidenceFactName, value: unknown): EvidenceFact[] {
  const text = shortText(value, longestFact);
  return text === '' ? [] : [{ name, value: text }];
}
