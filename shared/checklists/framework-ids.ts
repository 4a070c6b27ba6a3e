/**
 * Which controls of NIST SP 800-53 Revision 5 (release 5.2.0) are active, by family: numbers, with the enhancements of each in
 * parentheses. Identifiers only; a link to any other id leads nowhere.
 */
const securityControls: Readonly<Record<string, string>> = {
  ac: '1 2(1-9,11-13) 3(2-5,7-15) 4(1-15,17,19-32) 5 6(1-10) 7(2-4) 8 9(1-4) 10 11(1) 12(1-3) 14 16(1-10) 17(1-4,6,9-10) 18(1,3-5) 19(4-5) 20(1-5) 21(1-2) 22 23 24(1-2) 25',
  at: '1 2(1-6) 3(1-3,5) 4 6',
  au: '1 2 3(1,3) 4(1) 5(1-5) 6(1,3-9) 7(1) 8 9(1-7) 10(1-4) 11(1) 12(1-4) 13(1-3) 14(1,3) 16(1-3)',
  ca: '1 2(1-3) 3(6-7) 5(1) 6(1-2) 7(1,3-6) 8(1-3) 9(1)',
  cm: '1 2(2-3,6-7) 3(1-8) 4(1-2) 5(1,4-6) 6(1-2) 7(1-9) 8(1-4,6-9) 9(1) 10(1) 11(2-3) 12(1) 13 14',
  cp: '1 2(1-3,5-8) 3(1-2) 4(1-5) 6(1-3) 7(1-4,6) 8(1-5) 9(1-3,5-8) 10(2,4,6) 11 12 13',
  ia: '1 2(1-2,5-6,8,10,12-13) 3(1,3-4) 4(1,4-6,8-9) 5(1-2,5-10,12-18) 6 7 8(1-2,4-6) 9 10 11 12(1-6) 13(1-3)',
  ir: '1 2(1-3) 3(1-3) 4(1-15) 5(1) 6(1-3) 7(1-2) 8(1) 9(2-4)',
  ma: '1 2(2) 3(1-6) 4(1,3-7) 5(1-5) 6(1-3) 7',
  mp: '1 2 3 4(2) 5(3) 6(1-3,7-8) 7(2) 8(1-4)',
  pe: '1 2(1-3) 3(1-5,7-8) 4 5(2) 6(1-4) 8(1,3) 9(1-2) 10 11(1-2) 12(1) 13(1-2,4) 14(1-2) 15(1) 16 17 18 19(1) 20 21 22 23',
  pl: '1 2 4(1) 7 8(1-2) 9 10 11',
  pm: '1 2 3 4 5(1) 6 7(1) 8 9 10 11 12 13 14 15 16(1) 17 18 19 20(1) 21 22 23 24 25 26 27 28 29 30(1) 31 32',
  ps: '1 2 3(1-4) 4(1-2) 5 6(2-3) 7 8 9',
  pt: '1 2(1-2) 3(1-2) 4(1-3) 5(1-2) 6(1-2) 7(1-2) 8',
  ra: '1 2(1) 3(1-4) 5(2-6,8,10-11) 6 7 8 9 10',
  sa: '1 2 3(1-3) 4(1-3,5-12) 5 8(1-33) 9(1-8) 10(1-7) 11(1-9) 15(1-3,5-8,10-13) 16 17(1-9) 20 21 22 23 24',
  sc: '1 2(1-2) 3(1-5) 4(2) 5(1-3) 6 7(3-5,7-29) 8(1-5) 10 11(1) 12(1-3,6) 13 15(1,3-4) 16(1-3) 17 18(1-5) 20(2) 21 22 23(1,3,5) 24 25 26 27 28(1-3) 29(1) 30(2-5) 31(1-3) 32(1) 34(1-2) 35 36(1-2) 37(1) 38 39(1-2) 40(1-4) 41 42(1-2,4-5) 43 44 45(1-2) 46 47 48(1) 49 50 51',
  si: '1 2(2-7) 3(4,6,8,10) 4(1-5,7,9-25) 5(1) 6(2-3) 7(1-3,5-10,12,15-17) 8(2-3) 10(1-6) 11 12(1-3) 13(1,3-5) 14(1-3) 15 16 17 18(1-5) 19(1-8) 20 21 22 23',
  sr: '1 2(1) 3(1-3) 4(1-4) 5(1-2) 6(1) 7 8 9(1) 10 11(1-3) 12',
};

let active: ReadonlySet<string> | null = null;

/** Whether `ac-2.3` and its like names an active control or enhancement. */
export function isSecurityControl(id: string): boolean {
  active ??= new Set(
    Object.entries(securityControls).flatMap(([family, controls]) => controls.split(' ').flatMap((entry) => expand(family, entry))),
  );
  return active.has(id);
}

/** `2(1,3-5)` of `ac`: ac-2, ac-2.1, ac-2.3, ac-2.4, ac-2.5. */
function expand(family: string, entry: string): string[] {
  const [number = '', enhancements = ''] = entry.replace(')', '').split('(');
  const numbers = enhancements === '' ? [] : enhancements.split(',').flatMap(range);
  return [`${family}-${number}`, ...numbers.map((enhancement) => `${family}-${number}.${enhancement}`)];
}

function range(part: string): number[] {
  const [from = 0, to = from] = part.split('-').map(Number);
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Sections of 45 CFR Part 164 that exist, 164.509 and 164.535 among them although vacated. */
const privacyAndSecuritySections = new Set(
  [
    '102 103 104 105 106',
    '302 304 306 308 310 312 314 316 318',
    '400 402 404 406 408 410 412 414',
    '500 501 502 504 506 508 509 510 512 514 520 522 524 526 528 530 532 534 535',
  ].flatMap((sections) => sections.split(' ')),
);

/** Whether `164.312(b)` and its like lie in a section that exists; Parts 160 and 162 are taken as they are. */
export function isHealthRegulation(id: string): boolean {
  const section = /^164\.(\d{3})/.exec(id)?.[1];
  return section === undefined || privacyAndSecuritySections.has(section);
}
