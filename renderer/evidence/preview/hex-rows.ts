/** A row of bytes as numbers and letters. */
export interface HexRow {
  /** Where the row begins, as eight hexadecimal digits. */
  readonly offset: string;
  /** Two digits a byte, a wider gap after each eight. */
  readonly numbers: string;
  /** The same bytes as letters of ASCII, a dot for the others. */
  readonly letters: string;
}

/** Bytes in a row: 16 where there is room for them, else 8. */
export function bytesPerRow(width: number, character: number): 8 | 16 {
  return width >= (8 + 3 + 16 * 3 + 1 + 16 + 6) * character ? 16 : 8;
}

export function hexRow(bytes: Uint8Array, row: number, perRow: number): HexRow {
  const start = row * perRow;
  const part = bytes.subarray(start, start + perRow);
  const numbers = Array.from({ length: perRow }, (_, index) => {
    const byte = part[index];
    const gap = index > 0 && index % 8 === 0 ? '  ' : index > 0 ? ' ' : '';
    return gap + (byte === undefined ? '  ' : byte.toString(16).padStart(2, '0'));
  });
  const letters = Array.from(part, (byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.'));
  return { offset: start.toString(16).padStart(8, '0'), numbers: numbers.join(''), letters: letters.join('') };
}
