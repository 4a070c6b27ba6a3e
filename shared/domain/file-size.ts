const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;

/**
 * `412 kB`: bytes in steps of 1000, as disks and file managers count, in the manner of a locale. One decimal below a hundred; number
 * and unit stay on one line.
 */
export function fileSize(bytes: number, locale: string): string {
  const size = sizeAt(bytes, bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3)));
  return new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: units[size.step] as string,
    unitDisplay: size.step === 0 ? 'long' : 'short',
    maximumFractionDigits: 1,
  })
    .format(size.value)
    .replace(/\s/g, '\u00a0');
}

/** The rounded number of units; 999,950 bytes round to a thousand kilobytes, which are one megabyte. */
function sizeAt(bytes: number, step: number): { readonly value: number; readonly step: number } {
  const exact = bytes / 1000 ** step;
  const value = step === 0 || exact >= 99.95 ? Math.round(exact) : Math.round(exact * 10) / 10;
  return value >= 1000 && step < units.length - 1 ? sizeAt(bytes, step + 1) : { value, step };
}
