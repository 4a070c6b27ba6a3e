import { createDeflate } from 'node:zlib';
import type { PixelBox } from '../../shared/domain/redaction.ts';

/**
 * A picture that arrives as rows of pixels and leaves as PNG. The boxes are blacked out here, so that what the record calls
 * redacted is black whatever the window drew. Opacity is resolved on white: nothing hides behind a transparent pixel.
 * Format: PNG, ISO/IEC 15948, with the chunks IHDR, IDAT and IEND only.
 */
export interface PictureWriter {
  /** Bytes of whole rows that are still missing. */
  missing(): number;
  /** Takes whole rows of red, green, blue, opacity. Resolves when they are compressed. */
  write(rows: Uint8Array): Promise<void>;
  /** Resolves when the last byte was handed on. */
  finish(): Promise<void>;
  /** Stops in the middle. */
  discard(): void;
}

const bytesPerPixel = 4;
/** Each row is written as its difference to the row above (filter type 2), which compresses drawn pages well. */
const filterUp = 2;

export function createPicture(
  width: number,
  height: number,
  boxes: readonly PixelBox[],
  onBytes: (bytes: Uint8Array) => void,
): PictureWriter {
  const deflate = createDeflate({ level: 6 });
  let failure: Error | null = null;
  let row = 0;
  let above: Uint8Array = new Uint8Array(width * 3);
  onBytes(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a));
  onBytes(chunk('IHDR', header(width, height)));
  deflate.on('error', (error) => {
    failure ??= error;
  });
  // Whoever takes the bytes may fail, such as on a full disk; thrown from here, nobody would catch it.
  deflate.on('data', (bytes: Uint8Array) => {
    try {
      if (failure === null) onBytes(chunk('IDAT', bytes));
    } catch (error) {
      failure = error as Error;
      deflate.destroy();
    }
  });
  return {
    missing: () => (height - row) * width * bytesPerPixel,
    async write(rows) {
      const count = rows.length / (width * bytesPerPixel);
      const filtered = new Uint8Array(count * (1 + width * 3));
      for (let index = 0; index < count; index += 1) {
        const current = opaqueRow(rows.subarray(index * width * bytesPerPixel), width);
        blackOut(current, boxes, row);
        const start = index * (1 + width * 3);
        filtered[start] = filterUp;
        for (let at = 0; at < current.length; at += 1) filtered[start + 1 + at] = (current[at] ?? 0) - (above[at] ?? 0);
        above = current;
        row += 1;
      }
      await new Promise<void>((resolve, reject) => {
        deflate.write(filtered, (error) => {
          const reason = failure ?? error;
          return reason ? reject(reason) : resolve();
        });
      });
    },
    async finish() {
      await new Promise<void>((resolve, reject) => {
        if (failure !== null) return reject(failure);
        deflate.once('close', () => (failure === null ? resolve() : reject(failure)));
        deflate.end();
      });
      onBytes(chunk('IEND', new Uint8Array()));
    },
    discard() {
      failure ??= new Error('Discarded');
      deflate.destroy();
    },
  };
}

/** One row without opacity, seen on white paper. */
function opaqueRow(pixels: Uint8Array, width: number): Uint8Array {
  const row = new Uint8Array(width * 3);
  for (let x = 0; x < width; x += 1) {
    const opacity = pixels[x * bytesPerPixel + 3] ?? 0;
    for (let colour = 0; colour < 3; colour += 1) {
      const value = pixels[x * bytesPerPixel + colour] ?? 0;
      row[x * 3 + colour] = opacity === 255 ? value : Math.round((value * opacity + 255 * (255 - opacity)) / 255);
    }
  }
  return row;
}

function blackOut(row: Uint8Array, boxes: readonly PixelBox[], y: number): void {
  for (const { left, top, right, bottom } of boxes) if (y >= top && y < bottom) row.fill(0, left * 3, right * 3);
}

/** Eight bits a colour, three colours, not interlaced. */
function header(width: number, height: number): Uint8Array {
  const bytes = Buffer.alloc(13);
  bytes.writeUInt32BE(width, 0);
  bytes.writeUInt32BE(height, 4);
  bytes.set([8, 2, 0, 0, 0], 8);
  return bytes;
}

function chunk(type: string, data: Uint8Array): Uint8Array {
  const bytes = Buffer.alloc(data.length + 12);
  bytes.writeUInt32BE(data.length, 0);
  bytes.write(type, 4, 'latin1');
  bytes.set(data, 8);
  bytes.writeUInt32BE(checksum(bytes.subarray(4, data.length + 8)), data.length + 8);
  return bytes;
}

const checksums = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** CRC-32 as in annex D of the format; Node has one of its own only from version 20 on. */
function checksum(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ (checksums[(value ^ byte) & 0xff] ?? 0);
  return (value ^ 0xffffffff) >>> 0;
}
