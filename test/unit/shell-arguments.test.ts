import { expect, test } from 'vitest';
import { optionOf } from '../../electron/main/arguments.ts';

test.each([
  [['sealbook', '--smoke-test=/tmp/Out'], '/tmp/Out'],
  [['sealbook', '--smoke-test', '/tmp/Out'], '/tmp/Out'],
  [['electron', '--inspect=0', '.', '--smoke-test', 'Out', 'more'], 'Out'],
  [['sealbook', '--smoke-test=a=b c'], 'a=b c'],
  [['sealbook', '--smoke-test=one', '--smoke-test=two'], 'two'],
])('in %j the folder is %s, in its own capitals', (argv, value) => {
  expect(optionOf(argv, 'smoke-test')).toBe(value);
});

test.each([
  [['sealbook']],
  [['sealbook', '--smoke-test']],
  [['sealbook', '--smoke-test=']],
  [['sealbook', '--smoke-test', '--log-level=3']],
  [['sealbook', '--smoke-testing=x', 'smoke-test=x', '-smoke-test=x']],
  [['sealbook', '--', '--smoke-test=x']],
])('in %j there is none', (argv) => {
  expect(optionOf(argv, 'smoke-test')).toBeNull();
});
