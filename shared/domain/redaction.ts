import type { Evidence, RedactedPlace } from './evidence.ts';
import { type IdentifierKind, placeIdentifiers } from './identifiers.ts';

/** Why something is blacked out. */
export const redactionReasons = ['phi', 'personal-data', 'secret', 'other'] as const;
export type RedactionReason = (typeof redactionReasons)[number];

/** How a copy is made: pictures and pages are drawn again with boxes, in texts characters are replaced. */
export type RedactionKind = 'image' | 'pdf' | 'text';

/** Largest original in bytes: it is held in memory while it is looked at. */
export const largestOriginal: Readonly<Record<RedactionKind, number>> = {
  image: 128 * 1024 * 1024,
  pdf: 256 * 1024 * 1024,
  text: 16 * 1024 * 1024,
};
/** Pixels of one picture or page. */
export const mostPixels = 50_000_000;
export const mostPages = 1000;
export const mostPlaces = 5000;
/** Dots per inch in which pages are drawn; fewer only where a page would have more than `mostPixels`. */
export const resolutions = [150, 200, 300] as const;
export type Resolution = (typeof resolutions)[number];

const imageTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif', 'image/bmp'];
const textTypes = [
  'application/json',
  'application/xml',
  'application/yaml',
  'application/javascript',
  'application/x-yaml',
  'image/svg+xml',
];

/** How a file of this type is redacted, or null when it is not: what is not seen in it cannot be blacked out. */
export function redactionKind(mediaType: string): RedactionKind | null {
  if (imageTypes.includes(mediaType)) return 'image';
  if (mediaType === 'application/pdf') return 'pdf';
  if (mediaType === 'text/rtf') return null;
  return mediaType.startsWith('text/') || textTypes.includes(mediaType) ? 'text' : null;
}

/** Why a piece cannot be redacted here, or null. */
export function redactionHindrance({ mediaType, size }: Pick<Evidence, 'mediaType' | 'size'>): 'mail' | 'kind' | 'size' | null {
  if (mediaType === 'message/rfc822' || mediaType === 'application/vnd.ms-outlook') return 'mail';
  const kind = redactionKind(mediaType);
  if (kind === null) return 'kind';
  return size > largestOriginal[kind] ? 'size' : null;
}

/** Pixels from `left` and `top` up to but without `right` and `bottom`. */
export interface PixelBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The pixels that a place covers, also those it only touches. */
export function pixelBox(place: Pick<RedactedPlace, 'x' | 'y' | 'width' | 'height'>, width: number, height: number): PixelBox {
  const within = (value: number, most: number) => Math.min(most, Math.max(0, value));
  return {
    left: within(Math.floor(place.x * width), width),
    top: within(Math.floor(place.y * height), height),
    right: within(Math.ceil((place.x + place.width) * width), width),
    bottom: within(Math.ceil((place.y + place.height) * height), height),
  };
}

/** Pixels of a page of this many points: at the resolution, or as many as are drawn of very large pages. */
export function pagePixels(points: { readonly width: number; readonly height: number }, resolution: number) {
  const wanted = resolution / 72;
  const scale = Math.min(wanted, Math.sqrt(mostPixels / (points.width * points.height)));
  return { scale, width: Math.max(1, Math.floor(points.width * scale)), height: Math.max(1, Math.floor(points.height * scale)) };
}

/** A range of a text in UTF-16 units, without `end`. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** What stands in the place of masked characters: always as long, so that the length says nothing. */
export const textMask = '█'.repeat(8);

/** How ranges of a text are kept among the places of a copy. */
export function rangeToPlace({ start, end }: TextRange, reason: string): RedactedPlace {
  return { page: 1, x: start, y: 0, width: end - start, height: 0, reason };
}

/** Ranges in the order of the text, those that overlap or touch as one. */
export function joinRanges(ranges: readonly TextRange[]): TextRange[] {
  const joined: TextRange[] = [];
  for (const range of [...ranges].sort((one, other) => one.start - other.start)) {
    const last = joined.at(-1);
    if (last !== undefined && range.start <= last.end) {
      joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, range.end) };
    } else {
      joined.push(range);
    }
  }
  return joined;
}

/** The text with every range replaced by the mask. A range that would cut a character in two takes all of it. */
export function maskText(text: string, ranges: readonly TextRange[]): string {
  let at = 0;
  let masked = '';
  for (const { start, end } of joinRanges(ranges.map((range) => wholeCharacters(text, range)))) {
    masked += text.slice(at, start) + textMask;
    at = end;
  }
  return masked + text.slice(at);
}

function wholeCharacters(text: string, { start, end }: TextRange): TextRange {
  const cuts = (at: number) => /^[\ud800-\udbff][\udc00-\udfff]$/.test(text.slice(at - 1, at + 1));
  return { start: cuts(start) ? start - 1 : start, end: cuts(end) ? end + 1 : end };
}

/** Characters that are looked through for the end of a private key. */
const longestKey = 20_000;

/** Everything in a text that is likely an identifier of these kinds. A private key is taken to its end, not only its first line. */
export function identifierRanges(text: string, kinds: readonly IdentifierKind[]): (TextRange & { readonly kind: IdentifierKind })[] {
  return placeIdentifiers(text)
    .filter(({ kind }) => kinds.includes(kind))
    .map(({ start, end, kind }) => {
      if (kind !== 'private-key') return { start, end, kind };
      const rest = text.slice(end, end + longestKey);
      const last = /-----END (?:[A-Z]{2,12} ){0,2}PRIVATE KEY(?: BLOCK)?-----/.exec(rest);
      return { start, end: end + (last === null ? rest.length : last.index + last[0].length), kind };
    });
}

/** Which reason a likely identifier is masked for. */
export function reasonOf(kind: IdentifierKind): RedactionReason {
  if (kind === 'private-key' || kind === 'access-token') return 'secret';
  return kind === 'record-number' ? 'phi' : 'personal-data';
}
