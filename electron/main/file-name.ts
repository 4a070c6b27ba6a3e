/** Characters that some file system refuses, or that could change where a name leads. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go
const refused = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069<>:"/\\|?*]/g;
const reservedOnWindows = /^(con|prn|aux|nul|com\d|lpt\d)(\..*)?$/i;
/** File systems allow 255 bytes; this leaves room for endings. */
const longest = 200;

/** A name that is safe as one path part on every platform, as close to the given one as that allows. Never empty. */
export function safeFileName(name: string): string {
  const cleaned = cut(name.normalize('NFC').replace(refused, ' ').replace(/\s+/g, ' ').trim()).replace(/^[. ]+|[. ]+$/g, '');
  if (cleaned === '') return 'Unnamed';
  return reservedOnWindows.test(cleaned) ? `${cleaned}_` : cleaned;
}

/** Shortens to whole characters within the byte limit. */
function cut(text: string): string {
  let bytes = 0;
  let kept = '';
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > longest) break;
    kept += character;
  }
  return kept;
}
