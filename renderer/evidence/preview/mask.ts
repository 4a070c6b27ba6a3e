import { matchPattern } from '../../ui/matches.ts';

/** Dots that a masked identifier has at most; then they stand for that many characters or more. */
const mostDots = 12;

/** Finds text that looks like a masked identifier: its first and last characters with as many between them as it has dots. */
export function maskPattern(masked: string): RegExp {
  const dots = masked.replaceAll(/[^•]/g, '').length;
  const [start = '', end = ''] = masked.split(/•+/).map((text) => matchPattern(text).source);
  return new RegExp(`${start}[^]{${dots}${dots < mostDots ? '' : ',2000'}}?${end}`, 'g');
}
