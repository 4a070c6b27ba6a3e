import { expect, test } from 'vitest';
import { nameOfControl } from '../../../shared/domain/control.ts';

test('a control goes by its first citation, and by its id while it has none', () => {
  expect(nameOfControl({ id: 'c-1', citations: ['Handbook 4.2', 'Handbook 5'] })).toBe('Handbook 4.2');
  expect(nameOfControl({ id: 'c-1', citations: [] })).toBe('c-1');
});
