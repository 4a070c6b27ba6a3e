/** Kinds of files as auditors name them. */
export const evidenceTypes = ['image', 'pdf', 'spreadsheet', 'document', 'text', 'mail', 'archive', 'media', 'other'] as const;
export type EvidenceType = (typeof evidenceTypes)[number];

const rules: readonly (readonly [EvidenceType, RegExp])[] = [
  ['image', /^image\//],
  ['pdf', /^application\/pdf$/],
  ['spreadsheet', /csv|tab-separated|spreadsheet|ms-excel/],
  ['mail', /^message\/|outlook/],
  ['document', /msword|wordprocessing|opendocument|presentation|powerpoint|rtf|epub/],
  ['archive', /zip|tar|compress|7z|rar|gzip|x-bzip|x-xz/],
  ['media', /^(audio|video)\//],
  ['text', /^text\/|json|xml|yaml|javascript|x-sh/],
];

export function evidenceType(mediaType: string): EvidenceType {
  return rules.find(([, pattern]) => pattern.test(mediaType))?.[0] ?? 'other';
}

/** How the type is named in a narrow place: the extension when there is one, e.g. `PNG`. */
export function shortType(originalName: string, mediaType: string): string {
  const extension = /\.([a-z0-9]{1,5})$/i.exec(originalName)?.[1] ?? mediaType.split('/')[1] ?? mediaType;
  return extension.toUpperCase();
}
