import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dispatch, toWireError } from '../../electron/vault/dispatch.ts';
import type { MethodName } from '../../shared/ipc/contract.ts';
import { contract } from '../../shared/ipc/contract.ts';
import { attach, newAudit, riskAnalysis, type TestVault, terminations } from '../vault/fixture.ts';
import { sessionOf } from '../vault/helpers.ts';

/** Payloads that are nearly right reach the handlers; wild ones stop at the schema. Neither may end as a bug. */

const uuid = '00000000-0000-4000-8000-000000000000';
const wild = fc.anything({ maxDepth: 2, withBigInt: true, withDate: true, withMap: true, withTypedArray: true });
const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.constantFrom('', '__proto__', "'; --", '\0', '../x', '%', '\ud800'));
const day = fc.constantFrom('', '2026-02-28', '2026-02-30', '0000-01-01', '9999-12-31');

/** What a member of that name may plausibly hold, from real ids to nonsense. */
function members(
  known: Record<'audit' | 'evidence' | 'finding' | 'task' | 'person' | 'report' | 'upload', string>,
): Record<string, fc.Arbitrary<unknown>> {
  const id = (real: string) => fc.constantFrom(real, real, real, uuid);
  const control = fc.constantFrom(riskAnalysis, terminations, { packId: 'hipaa-security', controlId: '__proto__' });
  const count = fc.option(fc.integer({ min: -1, max: 50 }));
  const question = fc.record({ value: fc.constantFrom('yes', 'no', null), note: text });
  const patch = fc.record(
    {
      ...{
        title: text,
        organisation: text,
        scope: text,
        summary: text,
        limits: text,
        description: text,
        owner: text,
        phase: text,
        condition: text,
        source: text,
      },
      ...{
        sites: fc.array(text, { maxLength: 3 }),
        periodFrom: day,
        periodTo: day,
        due: day,
        start: day,
        effectiveFrom: day,
        effectiveTo: day,
      },
      ...{ likelihood: fc.integer({ min: 0, max: 6 }), impact: fc.integer({ min: 1, max: 5 }), progress: fc.integer({ min: 0, max: 101 }) },
      ...{
        state: fc.constantFrom('open', 'closed', undefined),
        priority: fc.constantFrom('low', 'critical'),
        sensitivity: fc.constantFrom('phi', 'x'),
      },
      ...{ findingId: fc.option(id(known.finding)), dependsOn: fc.array(id(known.task), { maxLength: 3 }) },
      ...{
        verdict: fc.constantFrom('compliant', 'not-applicable', undefined),
        rationale: text,
        methods: fc.array(fc.constantFrom('examine', 'test'), { maxLength: 4 }),
      },
      ...{ sample: fc.record({ population: count, size: count, deviations: count, seed: text, description: text }) },
      ...{ questions: fc.dictionary(fc.constantFrom('q1', 'q2', '__proto__', 'constructor', 'q99'), question, { maxKeys: 3 }) },
    },
    { requiredKeys: [] },
  );
  return {
    ...{
      auditId: id(known.audit),
      evidenceId: id(known.evidence),
      findingId: id(known.finding),
      taskId: id(known.task),
      personId: id(known.person),
    },
    ...{
      reportId: id(known.report),
      uploadId: id(known.upload),
      token: text,
      tokens: fc.array(fc.string({ minLength: 16, maxLength: 20 }), { minLength: 1, maxLength: 3 }),
    },
    ...{ packId: fc.constantFrom('hipaa-security', 'x'), controlId: fc.constantFrom(riskAnalysis.controlId, 'x', '__proto__') },
    ...{
      packIds: fc.array(fc.constantFrom('production-readiness', 'x'), { minLength: 1, maxLength: 2 }),
      team: fc.array(id(known.person), { maxLength: 3 }),
    },
    ...{ controls: fc.array(control, { maxLength: 3 }), evidence: fc.array(id(known.evidence), { maxLength: 3 }), patch, fields: patch },
    ...{
      name: text,
      title: text,
      organisation: text,
      periodFrom: day,
      periodTo: day,
      reason: text,
      query: text,
      code: text,
      email: fc.constantFrom('a@example.org', 'x'),
    },
    ...{
      state: fc.constantFrom('planning', 'review', 'fieldwork'),
      role: fc.constantFrom('lead', 'x'),
      minutes: fc.integer({ min: 0, max: 300 }),
      size: fc.integer({ min: 0, max: 9 }),
    },
    ...{
      before: fc.option(fc.integer({ min: 0, max: 9 })),
      limit: fc.integer({ min: 0, max: 501 }),
      bytes: fc.uint8Array({ maxLength: 20 }),
    },
    ...{
      passphrase: text,
      current: text,
      next: text,
      newPassphrase: text,
      password: text,
      userInputs: fc.array(text, { maxLength: 2 }),
      person: fc.record({ name: text, email: text }),
    },
  };
}

async function filledVault() {
  const { vault, auditId } = await newAudit(['hipaa-security']);
  const evidence = (await attach(vault, auditId, 'a.txt', 'a', [riskAnalysis])).evidence?.id ?? uuid;
  const finding = (await vault.call('findings.create', { auditId, fields: { title: 'F' }, controls: [], evidence: [] })).id;
  const task = (await vault.call('plan.create', { auditId, fields: { title: 'T' } })).id;
  const upload = (await vault.call('evidence.beginUpload', { auditId, name: 'x', size: 5, controls: [] })).uploadId;
  return { vault, known: { audit: auditId, evidence, finding, task, person: sessionOf(vault).me.id, report: uuid, upload } };
}

async function kindOf(vault: TestVault, method: MethodName, payload: unknown): Promise<string> {
  const logged: string[] = [];
  try {
    await dispatch({ process: vault.process, signal: new AbortController().signal, progress: () => {} }, method, payload);
    return 'result';
  } catch (error) {
    const { kind } = toWireError(error, (line) => logged.push(line));
    return kind === 'bug' ? `bug: ${error instanceof Error ? error.message : String(error)}` : kind;
  }
}

// Rendering and signing take whole seconds each and have tests of their own.
const slow = new Set<string>(['reports.preview', 'reports.sign', 'vault.changePassphrase', 'vault.check']);
const methods = (Object.keys(contract) as MethodName[]).filter((method) => !slow.has(method));

describe('random payloads', () => {
  it('never end as a bug, whatever the method, and leave the vault whole', async () => {
    const { vault, known } = await filledVault();
    const plausible = fc.record(members(known), { requiredKeys: [] });
    const complete = fc.record(members(known));
    const reached = new Set<string>();
    const deadline = Date.now() + 12_000;
    const property = fc.asyncProperty(
      fc.constantFrom(...methods),
      fc.oneof(complete, complete, plausible, wild),
      async (method, payload) => {
        if (Date.now() > deadline) return;
        const kind = await kindOf(vault, method, payload);
        if (kind === 'result') reached.add(method);
        expect(kind).toMatch(/^(result|expected|cancelled)$/);
      },
    );
    await fc.assert(property, { numRuns: 2500, endOnFailure: true });
    expect(reached.size).toBeGreaterThan(15);
    expect((await vault.call('vault.check', undefined)).problems).toEqual([]);
  });
});
