import { expect, test } from 'vitest';
import { counted } from '../../../shared/domain/count.ts';

test('a number stands with the form of its noun that fits', () => {
  expect([0, 1, 2, 1204].map((count) => counted(count, 'object'))).toEqual(['0 objects', '1 object', '2 objects', '1,204 objects']);
  expect([1, 3].map((count) => counted(count, 'person', 'people'))).toEqual(['1 person', '3 people']);
});
