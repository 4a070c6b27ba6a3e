import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeBug, dispatch, toWireError } from '../../electron/vault/dispatch.ts';
import { contract, type MethodName } from '../../shared/ipc/contract.ts';
import { CancelledError, ExpectedError } from '../../shared/ipc/errors.ts';
import { codeOf, lightKdf, newAudit, newVault, passphrase, reopen, riskAnalysis, vaultProcess } from './fixture.ts';
import { errorOf, save, sessionOf } from './helpers.ts';

const smallPack = {
  id: 'p',
  version: '1.0.0',
  title: 't',
  summary: 's',
  sources: [{ title: 't', citation: 'c', asOf: '2026-01-01' }],
  sections: [
    {
      id: 's',
      title: 's',
      controls: [
        {
          id: 'c',
          citations: ['c'],
          group: 'g',
          title: 't',
          requirement: 'required',
          objective: 'o',
          questions: [{ id: 'q', text: 't', good: '', evidence: '' }],
          methods: [],
          expectedEvidence: [],
          commonFailures: [],
          guidance: { small: '', large: '' },
          weight: 3,
          weightReason: '',
          crosswalk: [],
        },
      ],
    },
  ],
};

const methods = Object.keys(contract) as MethodName[];

describe('every method', () => {
  it.each(methods)('%s refuses a payload that is not its own, and says where without repeating it', async (method) => {
    const vault = vaultProcess();
    const context = { process: vault.process, signal: new AbortController().signal, progress: () => {} };
    for (const garbage of ['secret text', 42, null, [], true, ['secret text']]) {
      const error = await errorOf(dispatch(context, method, garbage));
      expect(error.code).toBe('payload.invalid');
      expect(JSON.stringify([error.message, error.hint, error.data])).not.toContain('secret text');
    }
  });

  it.each(methods.filter((method) => !['vault.strength', 'vault.current', 'verify.bytes', 'packs.list'].includes(method)))(
    '%s needs an open vault or a picked file',
    async (method) => {
      const vault = vaultProcess();
      const context = { process: vault.process, signal: new AbortController().signal, progress: () => {} };
      const uuid = '00000000-0000-4000-8000-000000000000';
      const everything = {
        ...{
          auditId: uuid,
          packId: 'p',
          controlId: 'c',
          evidenceId: uuid,
          findingId: uuid,
          taskId: uuid,
          reportId: uuid,
          personId: uuid,
          uploadId: uuid,
        },
        ...{
          token: 'a'.repeat(36),
          tokens: ['a'.repeat(36)],
          controls: [],
          evidence: [],
          patch: {},
          name: 'n',
          size: 1,
          bytes: new Uint8Array(1),
        },
        ...{
          fields: { title: 't' },
          title: 't',
          organisation: 'o',
          periodFrom: '',
          periodTo: '',
          packIds: ['p'],
          profile: { entity: null, staff: null, facts: {} },
          overruled: method === 'audits.overrule' ? false : [],
          fromAuditId: uuid,
          state: 'review',
          reason: 'because',
        },
        ...{
          email: 'a@example.org',
          role: 'lead',
          passphrase,
          password: '',
          current: 'a',
          next: 'b',
          minutes: 5,
          code: 'c',
          newPassphrase: passphrase,
        },
        ...{
          content: method === 'packs.save' ? smallPack : undefined,
          origin: 'yaml',
          draftId: uuid,
          sign: false,
          format: 'csv',
          targets: [{ packId: 'p', controlId: 'c' }],
          to: 'apart',
          keep: true,
        },
        ...{ noteId: uuid, kind: 'note', control: null, index: 0 },
        ...{
          person: { name: 'n', email: 'a@example.org' },
          options: { paper: 'a4', final: false },
          before: null,
          since: null,
          limit: 1,
          query: '',
        },
      };
      const own: Record<string, object> = {
        'custody.handOver': { action: 'received' },
        'redaction.keepMarks': { marks: [] },
        'evidence.keepPicture': { bytes: new Uint8Array(Buffer.from('RIFF----WEBP')) },
        'requests.export': { format: 'xlsx', which: 'open' },
      };
      const many = {
        ...{ requestId: uuid, redactionId: uuid, requestIds: [uuid], evidenceIds: [uuid], remove: [], present: true, text: 't' },
        ...{
          from: 'a',
          to: method === 'custody.handOver' ? 'b' : 'apart',
          at: '2026-01-01',
          purpose: 'p',
          reference: '',
          askedOf: '',
          due: '',
        },
        ...{ width: 10, height: 10, pageWidth: 10, pageHeight: 10, pages: 1 },
        places:
          method === 'redaction.maskText'
            ? [{ start: 0, end: 1, reason: 'phi' }]
            : [{ page: 1, x: 0, y: 0, width: 0.5, height: 0.5, reason: 'phi' }],
        copy: { title: 't', sensitivity: 'normal', takeLinks: false },
        changes: [{ evidenceIds: [uuid], patch: { collector: 'c' } }],
        links: [{ evidenceIds: [uuid], controls: [{ packId: 'p', controlId: 'c' }] }],
        proposals: [{ title: 't', description: '', controls: [{ packId: 'p', controlId: 'c' }] }],
      };
      const payload = Object.fromEntries(
        Object.entries({ ...everything, ...many, ...(method === 'requests.receive' ? { evidence: [uuid] } : {}), ...own[method] }).map(
          ([key, value]) => [key, key === 'auditId' && method === 'trail.list' ? null : value],
        ),
      );
      expect(['vault.locked', 'token.unknown']).toContain(await codeOf(dispatch(context, method, payload)));
    },
  );
});

describe('errors on their way to the window', () => {
  it('are of three kinds, and a bug takes no text along', () => {
    const lines: string[] = [];
    const log = (line: string) => lines.push(line);
    expect(toWireError(new CancelledError(), log)).toEqual({ kind: 'cancelled' });
    expect(toWireError(new ExpectedError('audit.frozen', 'Hint.', { open: 2 }), log)).toEqual({
      kind: 'expected',
      code: 'audit.frozen',
      message: 'This audit is signed and frozen.',
      hint: 'Hint.',
      data: { open: 2 },
    });
    expect(lines).toEqual([]);
    const wire = toWireError(new TypeError('the patient’s name'), log);
    if (wire.kind !== 'bug') throw new Error('not a bug');
    expect(wire).toEqual({ kind: 'bug', reference: expect.stringMatching(/^[0-9a-f]{8}$/) });
    expect(lines).toEqual([expect.stringContaining(`bug ${wire.reference} TypeError | at `)]);
    expect(lines.join()).not.toContain('patient');
    expect(describeBug('the patient’s name')).toBe('not an error');
    expect(describeBug(Object.assign(new Error('secret\n    secret line'), { stack: undefined }))).toBe('Error');
  });

  it('of a full or damaged disk are expected ones', async () => {
    const { vault, auditId } = await newAudit();
    sessionOf(vault).records.raw.pragma('max_page_count = 1');
    const long = 'x'.repeat(90_000);
    expect(await codeOf(save(vault, auditId, riskAnalysis, { rationale: long }))).toBe('disk.full');
    sessionOf(vault).records.raw.pragma('max_page_count = 1000000');
    expect((await save(vault, auditId, riskAnalysis, { rationale: 'short' })).answer.rationale).toBe('short');
  });
});

describe('a call that fails half-way', () => {
  it('leaves the vault closed and free when recovering cannot store the new passphrase', async () => {
    const vault = await newVault();
    const personId = sessionOf(vault).me.id;
    vault.close();
    const again = vaultProcess(vault.folder);
    const broken = { ...again.process, kdf: { ...lightKdf, memoryKiB: 1 } };
    const context = { process: broken, signal: new AbortController().signal, progress: () => {} };
    const payload = {
      token: again.hand(vault.folder, 'vault'),
      personId,
      code: vault.recoveryCode,
      newPassphrase: 'walnut gravel meadow signal',
    };
    await expect(dispatch(context, 'vault.recover', payload)).rejects.toThrow();
    expect(await codeOf(reopen(vault.folder))).toBe('no error');
  });

  it('leaves no half vault and no open file when the first slot cannot be made', async () => {
    const vault = vaultProcess();
    mkdirSync(vault.folder);
    const broken = { ...vault.process, kdf: { ...lightKdf, memoryKiB: 1 } };
    const context = { process: broken, signal: new AbortController().signal, progress: () => {} };
    const payload = {
      token: vault.hand(vault.folder, 'new-vault'),
      name: 'T',
      person: { name: 'Ada', email: 'a@example.org' },
      passphrase,
    };
    await expect(dispatch(context, 'vault.create', payload)).rejects.toThrow();
    expect(await codeOf(reopen(join(vault.folder)))).toBe('vault.missing');
  });
});
