import { describe, expect, it } from 'vitest';
import { attach, newAudit } from './fixture.ts';

describe('likely identifiers', () => {
  it('are counted while a text is attached, and told with their places when somebody asks', async () => {
    const { vault, auditId } = await newAudit();
    const result = await attach(vault, auditId, 'list.csv', 'name,ssn\nA,123-45-6789\nB,a@b.org\n');
    expect(result.identifiers).toEqual([
      { kind: 'ssn', count: 1 },
      { kind: 'email', count: 1 },
    ]);
    const evidenceId = result.evidence?.id ?? ('' as never);
    expect(await vault.call('evidence.scan', { evidenceId })).toMatchObject({
      looked: true,
      truncated: false,
      hits: [
        { kind: 'ssn', line: 2, column: 3 },
        { kind: 'email', line: 3 },
      ],
    });
    const { custody } = await vault.call('evidence.get', { evidenceId });
    expect(custody.at(-1)).toMatchObject({ action: 'viewed', detail: 'searched for identifiers' });
  });

  it('are not looked for in what is no text', async () => {
    const { vault, auditId } = await newAudit();
    const result = await attach(vault, auditId, 'x.bin', new Uint8Array([0, 1, 2, ...Buffer.from('123-45-6789')]));
    expect(result.identifiers).toEqual([]);
    expect(await vault.call('evidence.scan', { evidenceId: result.evidence?.id ?? ('' as never) })).toEqual({
      hits: [],
      counts: [],
      looked: false,
      truncated: false,
    });
  });

  it('are looked for at the beginning only while a long text is attached', async () => {
    const { vault, auditId } = await newAudit();
    const result = await attach(vault, auditId, 'long.txt', `${'x'.repeat(5 * 1024 * 1024)}\n123-45-6789\n`);
    expect(result.identifiers).toEqual([]);
    expect((await vault.call('evidence.scan', { evidenceId: result.evidence?.id ?? ('' as never) })).counts).toEqual([
      { kind: 'ssn', count: 1 },
    ]);
  });
});
