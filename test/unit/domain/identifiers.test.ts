import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findIdentifiers } from '../../../shared/domain/identifiers.ts';

const kinds = (text: string) => findIdentifiers(text).hits.map((hit) => hit.kind);

describe('likely identifiers', () => {
  it.each([
    ['SSN 123-45-6789', 'ssn'],
    ['Card 4111 1111 1111 1111', 'card'],
    ['4111111111111111', 'card'],
    ['Amex 3782 822463 10005', 'card'],
    ['MRN: A-1234567', 'record-number'],
    ['Patient ID 00451234', 'record-number'],
    ['DOB: 04/17/1962', 'birth-date'],
    ['born on 1962-04-17', 'birth-date'],
    ['write to ada.l+x@mail.example.org.', 'email'],
    ['call (212) 555-0187 today', 'phone'],
    ['call +49 30 901820 now', 'phone'],
    ['-----BEGIN EC PRIVATE KEY-----', 'private-key'],
    ['aws AKIAIOSFODNN7EXAMPLE', 'access-token'],
    ['password = "correct-horse-battery"', 'access-token'],
    ['123\u201345\u20136789', 'ssn'],
    ['123\u201145\u20116789', 'ssn'],
    ['SSN: 123 45 6789', 'ssn'],
    ['social security number 123456789', 'ssn'],
    ['4111\u00a01111\u00a01111\u00a01111', 'card'],
    ['17,2221000000000009,x', 'card'],
    ['2720 9999 9999 9996', 'card'],
    ['MRN No. 12345678', 'record-number'],
    ['DOB: 5 Jan 1980', 'birth-date'],
    ['Date of birth: January 5th, 1980', 'birth-date'],
    ['call (212)555-0187 today', 'phone'],
    ['-----BEGIN PGP PRIVATE KEY BLOCK-----', 'private-key'],
    ['client_secret=abcdefghijklmnop', 'access-token'],
    ['DB_PASSWORD=hunter2hunter2', 'access-token'],
    ['"dbPassword": "Tr0ub4dor&3"', 'access-token'],
    ['aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY', 'access-token'],
    ['Authorization: Bearer abcdef0123456789abcdef', 'access-token'],
    ['DB=postgres://app:s3cretpw@db.internal/x', 'access-token'],
    ['redis://:hunter22@cache:6379', 'access-token'],
    ['github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz0123456789', 'access-token'],
  ])('%s is one', (text, kind) => {
    expect(kinds(text)).toEqual([kind]);
  });

  it.each([
    'SSN 000-12-3456, 666-12-3456, 912-12-3456, 123-00-4567, 123-45-0000',
    'Card 4111 1111 1111 1112',
    'Invoice 1234567890123456',
    'version 1.2.3-4, 10.20.30.40, 2026-11-25',
    'x@localhost and @handle',
    'password: short',
    'MRN missing',
    'an order number 2125550187',
    'status 200 15 1234, 404 22 8090',
    'deadbeef4111111111111111cafe',
    'ratio 0.4111111111111111',
    '2721000000000004 and 2220000000000000',
    '550e8400-e29b-41d4-a716-446655440000',
    'password: required and secret: unknown',
  ])('%s is none', (text) => {
    expect(kinds(text)).toEqual([]);
  });

  it('are told by line and column, masked, and counted beyond those that are listed', () => {
    const text = 'first\nsee 123-45-6789 and\r\n  a@b.org';
    expect(findIdentifiers(text)).toEqual({
      hits: [
        { kind: 'ssn', line: 2, column: 5, masked: '12•••••••89' },
        { kind: 'email', line: 3, column: 3, masked: 'a@•••rg' },
      ],
      counts: [
        { kind: 'ssn', count: 1 },
        { kind: 'email', count: 1 },
      ],
    });
    const many = findIdentifiers('a@b.org\n'.repeat(40), 10);
    expect([many.hits.length, many.counts]).toEqual([10, [{ kind: 'email', count: 40 }]]);
    expect(findIdentifiers('MRN 12345').hits[0]?.masked).toBe('•••••');
    expect(findIdentifiers('password: s3cret99').hits[0]?.masked).toBe('••••••••');
  });

  it('of one place count once', () => {
    expect(kinds('token=AKIAIOSFODNN7EXAMPLE')).toEqual(['access-token']);
  });

  it('are all counted in a text that consists of them', () => {
    const text = `${'a'.repeat(56)}@b.org\n`.repeat(300_000);
    expect(findIdentifiers(text, 0).counts).toEqual([{ kind: 'email', count: 300_000 }]);
  });

  it('are looked for in linear time, whatever the text', () => {
    const started = performance.now();
    for (const text of [
      'a'.repeat(500_000),
      '1-'.repeat(250_000),
      '4111 '.repeat(100_000),
      'a.'.repeat(250_000),
      `${'x'.repeat(200_000)}@`,
      '+49 '.repeat(100_000),
      'eyJ'.repeat(100_000),
      'password '.repeat(60_000),
    ])
      findIdentifiers(text);
    expect(performance.now() - started).toBeLessThan(8000);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 400 }), (text) => {
        for (const { line, column } of findIdentifiers(text).hits) expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
      }),
    );
  });
});

describe('the address of a server', () => {
  it.each(['https://example.org:8443/a@b', 'amqp://user:<password>@host', 'ftp://x:***@host'])(
    'without a password is no token: %s',
    (text) => {
      expect(kinds(text)).toEqual([]);
    },
  );
});
