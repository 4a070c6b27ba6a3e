import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileOfAddress, isAppUrl } from '../../electron/main/address.ts';

const folder = '/app/renderer';

test('the root address is the page, and a path is the file below the folder', () => {
  expect(fileOfAddress(folder, 'app://sealbook/')).toBe('/app/renderer/index.html');
  expect(fileOfAddress(folder, 'app://sealbook/fonts/a%20b.woff2?x#y')).toBe('/app/renderer/fonts/a b.woff2');
});

test.each([
  'app://sealbook/..%2fmain.cjs',
  'app://sealbook/a/..%2f..%2f..%2fmain.cjs',
  'app://sealbook/..%5cmain.cjs',
  'app://sealbook/a%00.js',
  'app://sealbook/%ff',
  'app://sealbook.evil/index.html',
  'app://user@sealbook/index.html',
  'https://sealbook/index.html',
  'not an address',
])('%s stands for no file', (address) => {
  expect(fileOfAddress(folder, address)).toBeNull();
});

test('no path whatever leads out of the folder', () => {
  const part = fc.constantFrom('..', '.', '%2e%2e', '..%2f', '%2f', '%5c', '..%5c', 'a', 'index.html', '%00', '');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const file = fileOfAddress(folder, `app://sealbook/${parts.join('/')}`);
      expect(file === null || file.startsWith(`${folder}/`)).toBe(true);
    }),
  );
});

test('only the app scheme with exactly the app host is the app', () => {
  expect(isAppUrl('app://sealbook/x')).toBe(true);
  for (const address of ['app://sealbook:1/', 'app://SEALBOOK.x/', 'about:blank', '', 'devtools://sealbook/']) {
    expect(isAppUrl(address)).toBe(false);
  }
});
