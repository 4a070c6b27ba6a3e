import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { jsonFile, recentSchema, settingsSchema } from '../../electron/main/settings.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sealbook-settings-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const usual = { bounds: null, maximized: false, theme: 'system' };

test('an absent file stands for the usual settings', () => {
  expect(jsonFile(join(folder, 'settings.json'), settingsSchema, {}).read()).toEqual(usual);
});

test('what was written is read again, and nothing else is left in the folder', () => {
  const file = jsonFile(join(folder, 'deep', 'settings.json'), settingsSchema, {});
  const settings = { bounds: { x: -5, y: 10, width: 900, height: 700 }, maximized: true, theme: 'dark' as const };
  file.write(settings);
  expect(file.read()).toEqual(settings);
  expect(readdirSync(join(folder, 'deep'))).toEqual(['settings.json']);
});

test.each(['', '{', 'null', '7', '[]', '{"theme":"pink","bounds":{"x":"a"},"maximized":"yes"}'])(
  'damage `%s` costs the settings, not the start',
  (text) => {
    const path = join(folder, 'settings.json');
    writeFileSync(path, text);
    expect(jsonFile(path, settingsSchema, {}).read()).toEqual(usual);
  },
);

test('one damaged setting leaves the others', () => {
  const path = join(folder, 'settings.json');
  writeFileSync(path, '{"theme":"dark","bounds":5,"maximized":true}');
  expect(jsonFile(path, settingsSchema, {}).read()).toEqual({ bounds: null, maximized: true, theme: 'dark' });
});

test('damaged recent vaults are an empty list', () => {
  const path = join(folder, 'recent.json');
  writeFileSync(path, '[{"id":"x"}]');
  expect(jsonFile(path, recentSchema, []).read()).toEqual([]);
});

test('a place that cannot be written to loses the setting silently', () => {
  const path = join(folder, 'file');
  writeFileSync(path, 'in the way');
  jsonFile(join(path, 'settings.json'), settingsSchema, {}).write(settingsSchema.parse({}));
  expect(readFileSync(path, 'utf8')).toBe('in the way');
});
