import { load } from 'exifreader';
import type { EvidenceFact } from '../../shared/domain/evidence.ts';
import { fact } from './fact.ts';
import type { PictureSize } from './picture.ts';

/** What a photo says of itself (EXIF): the camera, when and where. Malformed EXIF says nothing. */
export function photoFacts(bytes: Uint8Array, size: PictureSize | null): EvidenceFact[] {
  const dimensions = size === null ? [] : fact('dimensions', `${size.width} × ${size.height}`);
  try {
    const { exif, gps } = load(new Uint8Array(bytes).buffer, { expanded: true });
    const described = (name: string) =>
      (exif as Readonly<Record<string, { readonly description?: unknown } | undefined>> | undefined)?.[name]?.description;
    const camera = [described('Make'), described('Model')].filter((part) => part !== undefined).join(' ');
    const taken = described('DateTimeOriginal') ?? described('DateTime');
    return [
      ...fact('camera', camera),
      ...fact('lens', described('LensModel')),
      ...fact('software', described('Software')),
      ...fact('taken-at', taken === undefined ? '' : moment(String(taken), described('OffsetTimeOriginal'))),
      ...placeFact(gps?.Latitude, gps?.Longitude),
      ...(gps?.Altitude === undefined ? [] : fact('altitude', `${Math.round(gps.Altitude)} m`)),
      ...dimensions,
    ];
  } catch {
    return dimensions;
  }
}

/** A place on the globe; a camera without a fix may write anything else. */
function placeFact(latitude: number | undefined, longitude: number | undefined): EvidenceFact[] {
  if (latitude === undefined || longitude === undefined || Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return [];
  return fact('place', `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`);
}

/** EXIF writes days with colons: `2026:05:04 10:11:12`. A camera whose clock was never set writes zeros or blanks. */
function moment(text: string, offset: unknown): string {
  if (!/^\d{4}:(?!00)\d{2}:(?!00)\d{2}/.test(text)) return '';
  return `${text.replace(/^(\d{4}):(\d{2}):(\d{2})/, '$1-$2-$3')}${offset === undefined ? '' : ` ${String(offset)}`}`;
}
