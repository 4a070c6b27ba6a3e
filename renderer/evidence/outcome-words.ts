import { evidenceLabel } from '../../shared/domain/evidence.ts';
import type { IdentifierCount } from '../../shared/domain/identifiers.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import type { ErrorCode } from '../../shared/ipc/errors.ts';
import type { AttachResult, EvidencePlace } from '../../shared/ipc/evidence.ts';
import { AppError, errorLine } from '../app-error.ts';
import { t } from '../i18n/translate.ts';
import { placesInWords } from './place-words.ts';

/** What became of one file, or what is said of a whole folder. */
export type AttachOutcome =
  | {
      readonly name: string;
      readonly kind: 'attached' | 'duplicate';
      readonly number: number | null;
      readonly mediaType: string;
      readonly evidenceId?: EvidenceId;
      readonly identifiers?: readonly IdentifierCount[];
      /** Where the same content was already, when it was. */
      readonly places?: readonly EvidencePlace[];
      /** Whether a piece that was here already was linked just now. */
      readonly linked?: boolean;
    }
  | { readonly name: string; readonly kind: 'failed'; readonly error: unknown }
  | { readonly name: string; readonly kind: 'cancelled' }
  | { readonly name: string; readonly kind: 'folder' | 'not-reached'; readonly count: number };

/** The vault's answer about one file as a line of the list. */
export function outcomeOf({ name, evidence, duplicateOf, places, error, identifiers }: AttachResult): AttachOutcome {
  if (error !== null) {
    const { message, hint } = error;
    return { name, kind: 'failed', error: new AppError({ kind: 'expected', code: error.code as ErrorCode, message, hint, data: {} }) };
  }
  const kind = duplicateOf === null ? 'attached' : 'duplicate';
  return {
    name,
    kind,
    number: evidence?.number ?? null,
    mediaType: evidence?.mediaType ?? '',
    ...(evidence === null ? {} : { evidenceId: evidence.id }),
    ...(identifiers.length === 0 ? {} : { identifiers }),
    ...(places.length === 0 ? {} : { places }),
    ...(kind === 'duplicate' && evidence !== null ? { linked: evidence.controls.length > (places[0]?.controls ?? 0) } : {}),
  };
}

/** How many files were attached, were here already, or were not taken: `2 files attached, 1 not attached`. */
export function countsInWords(lines: readonly AttachOutcome[], notReached = 0): string {
  const count = (...kinds: readonly AttachOutcome['kind'][]) => lines.filter(({ kind }) => kinds.includes(kind)).length;
  const counts = [
    ['evidence.results.attached', count('attached')],
    ['evidence.results.known', count('duplicate')],
    ['evidence.results.others', count('failed', 'cancelled') + notReached],
  ] as const;
  return counts
    .filter(([, of]) => of > 0)
    .map(([key, of]) => t(key, { count: of }))
    .join(', ');
}

/** What became of a file, as it stands after its name. */
export function outcomeWords(line: AttachOutcome): string {
  switch (line.kind) {
    case 'attached':
      return sentences([
        t('evidence.result.attached', { label: evidenceLabel(line.number ?? 0) }),
        ...placesInWords(line.places ?? [], null),
        identifierWords(line.identifiers),
      ]);
    case 'duplicate': {
      const key = line.linked === true ? 'evidence.result.duplicate.linked' : 'evidence.result.duplicate';
      return sentences([
        line.number === null ? t('evidence.result.duplicate.unnamed') : t(key, { label: evidenceLabel(line.number) }),
        ...placesInWords(line.places ?? [], { linked: line.linked === true }),
      ]);
    }
    case 'failed':
      return errorLine(line.error);
    case 'folder':
      return t('ways.folder.found', { count: line.count });
    case 'not-reached':
      return t('ways.notReached', { count: line.count });
    case 'cancelled':
      return t('evidence.result.cancelled');
  }
}

/** `Likely holds 3 e-mail addresses, 1 card number.` */
function identifierWords(counts: readonly IdentifierCount[] = []): string {
  if (counts.length === 0) return '';
  return t('evidence.identifiers.likely', {
    list: counts.map(({ kind, count }) => t(`evidence.identifiers.count.${kind}`, { count })).join(', '),
  });
}

/** Joins parts to sentences; the first one has no stop of its own when it stands alone. */
function sentences(parts: readonly string[]): string {
  return parts
    .filter(Boolean)
    .map((part, index, all) => (index < all.length - 1 && !part.endsWith('.') ? `${part}.` : part))
    .join(' ');
}
