import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { PackDraftContent } from '../../shared/domain/pack-entry.ts';
import { codeOf, newVault, reopen, temporaryFolder } from './fixture.ts';
import { ben } from './helpers.ts';
import { type Content, content, control, copyOf, exported, faultsOf, ids, inspect, save } from './pack-fixture.ts';

describe('a checklist of one’s own', () => {
  it('is read from YAML, shown, kept, listed and used by an audit that keeps it for good', async () => {
    const vault = await newVault();
    const result = await inspect(vault, 'house.yaml', stringify(content));
    expect(result).toMatchObject({ ok: true, origin: 'yaml', file: 'house.yaml', signature: null });
    expect(result.ok && result.advice.map((fault) => fault.message)).toContain('Has 1 question; a control asks 2 to 8.');
    expect(await ids(vault)).not.toContain('house');
    const entry = await save(vault, { file: 'house.yaml' });
    expect(entry).toMatchObject({
      id: 'house',
      controls: 2,
      questions: 3,
      origin: 'yaml',
      file: 'house.yaml',
      signature: null,
      base: null,
    });
    const audit = await vault.call('audits.create', {
      title: 'A',
      organisation: 'B',
      periodFrom: '',
      periodTo: '',
      packIds: ['house', 'hipaa-security'],
    });
    const detail = await vault.call('answers.get', { auditId: audit.id, packId: 'house', controlId: 'a-1' });
    expect(detail.related.map((relative) => relative.controlId)).toContain('hipaa-164.308-a-3-ii-C');
    await vault.call('packs.remove', { packId: 'house' });
    expect(await ids(vault)).not.toContain('house');
    vault.close();
    const again = await reopen(vault.folder);
    expect((await again.call('audits.pack', { auditId: audit.id, packId: 'house' })).hash).toBe(entry.hash);
    await save(again);
    expect(await ids(again)).toContain('house');
  });

  it('never replaces a version: other content needs another version, a shipped id another id', async () => {
    const vault = await newVault();
    await save(vault);
    await save(vault);
    expect(await codeOf(save(vault, { content: copyOf((copy) => Object.assign(copy, { title: 'Other' })) }))).toBe('pack.exists');
    await save(vault, { content: copyOf((copy) => Object.assign(copy, { title: 'Other', version: '1.10.0' })) });
    await save(vault, { content: copyOf((copy) => Object.assign(copy, { version: '1.9.0' })) });
    expect((await vault.call('packs.get', { packId: 'house' })).entry).toMatchObject({ version: '1.10.0', title: 'Other' });
    expect(await codeOf(save(vault, { content: copyOf((copy) => Object.assign(copy, { id: 'hipaa-security' })) }))).toBe('pack.exists');
    expect(await codeOf(vault.call('packs.remove', { packId: 'hipaa-security' }))).toBe('pack.unknown');
    expect(await codeOf(vault.call('packs.get', { packId: 'nothing' }))).toBe('pack.unknown');
  });

  it('is for writers to keep and remove', async () => {
    const vault = await newVault();
    await vault.call('people.add', { ...ben, role: 'reviewer' });
    vault.close();
    const reviewer = await reopen(vault.folder, ben.name, ben.passphrase);
    expect(await codeOf(save(reviewer))).toBe('person.not-allowed');
    expect(await codeOf(reviewer.call('packs.remove', { packId: 'house' }))).toBe('person.not-allowed');
    expect(await codeOf(reviewer.call('packs.startDraft', { packId: null }))).toBe('person.not-allowed');
  });

  it.each(['yaml', 'csv', 'xlsx', 'oscal'] as const)('goes out as %s and is read back with the same controls', async (format) => {
    const vault = await newVault();
    await save(vault);
    const bytes = await exported(vault, 'house', format);
    const result = await inspect(vault, `back.${format === 'oscal' ? 'json' : format}`, bytes);
    if (!result.ok) throw new Error(faultsOf(result).join('\n'));
    const controls = result.content.sections.flatMap((section) => section.controls);
    expect(controls.map(({ group: _, ...rest }) => rest)).toEqual(content.sections[0]?.controls.map(({ group: _, ...rest }) => rest));
    if (format !== 'csv') expect(result.content).toMatchObject({ title: 'House rules', version: '1.0.0' });
  });

  it.each(['csv', 'xlsx'] as const)('can be begun from a %s template that is itself without a fault', async (format) => {
    const vault = await newVault();
    const path = join(temporaryFolder(), `template.${format}`);
    await vault.call('packs.template', { format, token: vault.hand(path, 'write') });
    expect(await inspect(vault, `template.${format}`, readFileSync(path))).toMatchObject({ ok: true, origin: 'table', advice: [] });
  });

  it('is compared with every other checklist', async () => {
    const vault = await newVault();
    await save(vault);
    expect(await vault.call('packs.coverage', {})).toContainEqual({ from: 'house', to: 'hipaa-security', covered: 1, controls: 2 });
  });
});

describe('a signature', () => {
  it('says who wrote it and travels with the file', async () => {
    const vault = await newVault();
    const entry = await save(vault, { sign: true });
    expect(entry.signature).toMatchObject({ signer: expect.stringContaining('Ada Lindqvist') as string });
    const file = await exported(vault, 'house', 'yaml');
    const other = await newVault();
    const result = await inspect(other, 'house.yaml', file);
    if (!result.ok || result.signature === null) throw new Error('No signature');
    await save(other, { content: result.content, signature: result.signature });
    expect((await other.call('packs.get', { packId: 'house' })).entry.signature?.fingerprint).toBe(entry.signature?.fingerprint);
  });

  it('can be given to a version that was kept without one, and is not lost when it is kept again', async () => {
    const vault = await newVault();
    expect((await save(vault)).signature).toBeNull();
    expect((await save(vault, { sign: true })).signature).not.toBeNull();
    expect((await save(vault)).signature).not.toBeNull();
  });

  it('that does not fit is refused, also when one letter changed or somebody else is named', async () => {
    const vault = await newVault();
    await save(vault, { sign: true });
    const text = Buffer.from(await exported(vault, 'house', 'yaml')).toString('utf8');
    for (const changed of [
      text.replace('Leavers', 'Leaver'),
      text.replace(/signer: ".*"/, 'signer: "CN=Someone"'),
      text.replace(/signedAt: ".*"/, 'signedAt: "2020-01-01T00:00:00.000Z"'),
    ]) {
      expect(changed).not.toBe(text);
      expect(faultsOf(await inspect(vault, 'house.yaml', changed))[0]).toMatch(/signature does not fit/);
    }
    const { signature } = (await inspect(vault, 'house.yaml', text)) as unknown as { signature: never };
    const other = await save(vault, { content: copyOf((copy) => Object.assign(copy, { version: '2.0.0' })), signature });
    expect(other.signature).toBeNull();
  });
});

describe('writing a checklist in the app', () => {
  const fill = (draftId: string, value: unknown, reasons: Record<string, string> = {}) => ({
    draftId,
    content: value as PackDraftContent as never,
    reasons,
  });

  it('keeps the reasons when only the content is saved, and the content when only reasons are', async () => {
    const vault = await newVault();
    const { id: draftId, content: start } = await vault.call('packs.startDraft', { packId: null });
    await vault.call('packs.saveDraft', { draftId, reasons: { 'added a': 'Ours' } });
    await vault.call('packs.saveDraft', { draftId, content: { ...start, title: 'Titled' } as never });
    const { draft } = await vault.call('packs.getDraft', { draftId });
    expect([draft.content.title, draft.reasons]).toEqual(['Titled', { 'added a': 'Ours' }]);
  });

  it('keeps what is typed, tells what is missing, and becomes a version of the library', async () => {
    const vault = await newVault();
    const draft = await vault.call('packs.startDraft', { packId: null });
    const state = await vault.call('packs.saveDraft', fill(draft.id, { ...draft.content, title: 'Half' }));
    expect(state.faults.some((fault) => fault.severity === 'error')).toBe(true);
    expect(await codeOf(vault.call('packs.publishDraft', { draftId: draft.id, sign: false }))).toBe('pack.invalid');
    vault.close();
    const again = await reopen(vault.folder);
    expect((await again.call('packs.getDraft', { draftId: draft.id })).draft.content.title).toBe('Half');
    expect((await again.call('packs.saveDraft', fill(draft.id, content))).faults.filter((fault) => fault.severity === 'error')).toEqual([]);
    expect(await again.call('packs.publishDraft', { draftId: draft.id, sign: true })).toMatchObject({
      id: 'house',
      origin: 'written',
      signature: { signer: expect.any(String) as string },
    });
    expect(await again.call('packs.drafts', {})).toEqual([]);
    expect(await codeOf(again.call('packs.getDraft', { draftId: draft.id }))).toBe('pack.draft-unknown');
    // The next version starts from this one.
    expect((await again.call('packs.startDraft', { packId: 'house' })).content).toMatchObject({ id: 'house', version: '1.1.0' });
  });

  it('tailors a shipped checklist: every control added, removed or reworded has its reason', async () => {
    const vault = await newVault();
    const draft = await vault.call('packs.startDraft', { packId: 'production-readiness' });
    expect(draft).toMatchObject({ base: { packId: 'production-readiness' }, content: { id: 'production-readiness-tailored' } });
    const sections = JSON.parse(JSON.stringify(draft.content.sections)) as Content['sections'];
    const [removed] = sections[0]?.controls.splice(0, 1) ?? [];
    const reworded = sections[0]?.controls[0];
    Object.assign(reworded ?? {}, { objective: 'It is as we want it.' });
    sections[0]?.controls.push({ ...control, id: 'own-1', crosswalk: [] });
    const tailored = { ...draft.content, sections };
    const { differences } = await vault.call('packs.saveDraft', fill(draft.id, tailored));
    expect(differences).toEqual([
      { kind: 'changed', controlId: reworded?.id },
      { kind: 'added', controlId: 'own-1' },
      { kind: 'removed', controlId: removed?.id },
    ]);
    expect(await codeOf(vault.call('packs.publishDraft', { draftId: draft.id, sign: false }))).toBe('pack.reason-missing');
    const reasons = Object.fromEntries(differences.map(({ kind, controlId }) => [`${kind} ${controlId}`, `Because of ${kind}`]));
    await vault.call('packs.saveDraft', fill(draft.id, tailored, { ...reasons, [`removed ${removed?.id}`]: '  ' }));
    expect(await codeOf(vault.call('packs.publishDraft', { draftId: draft.id, sign: false }))).toBe('pack.reason-missing');
    await vault.call('packs.saveDraft', { draftId: draft.id, reasons });
    const entry = await vault.call('packs.publishDraft', { draftId: draft.id, sign: false });
    expect(entry).toMatchObject({ origin: 'tailored', base: { packId: 'production-readiness', version: '1.0.0' } });
    expect(entry.changes.map((change) => change.reason).sort()).toEqual(['Because of added', 'Because of changed', 'Because of removed']);
    // Its next version is still measured against the same base.
    expect((await vault.call('packs.startDraft', { packId: entry.id })).base?.packId).toBe('production-readiness');
  });

  it('can be thrown away', async () => {
    const vault = await newVault();
    const draft = await vault.call('packs.startDraft', { packId: null });
    await vault.call('packs.discardDraft', { draftId: draft.id });
    expect(await vault.call('packs.drafts', {})).toEqual([]);
    expect(await codeOf(vault.call('packs.discardDraft', { draftId: draft.id }))).toBe('pack.draft-unknown');
  });
});

const low = join(import.meta.dirname, '../../../shared/oscal/examples/NIST_SP-800-53_rev5_LOW-baseline-resolved-profile_catalog-min.json');

it.skipIf(!existsSync(low))(
  'the resolved LOW catalog is imported, walked and exported with its ids (skipped where it is absent)',
  async () => {
    const vault = await newVault();
    const result = await vault.call('packs.inspect', { tokens: [vault.hand(low, 'read')] });
    if (!result.ok) throw new Error(faultsOf(result).join('\n'));
    const entry = await save(vault, { content: result.content, origin: result.origin, file: result.file });
    const audit = await vault.call('audits.create', {
      title: 'LOW',
      organisation: 'Agency',
      periodFrom: '',
      periodTo: '',
      packIds: [entry.id],
    });
    const { controls } = await vault.call('audits.controls', { auditId: audit.id });
    for (const { packId, controlId } of controls) {
      const { control } = await vault.call('answers.get', { auditId: audit.id, packId, controlId });
      const questions = Object.fromEntries(control.questions.map((question) => [question.id, { value: 'yes' as const, note: '' }]));
      await vault.call('answers.save', { auditId: audit.id, packId, controlId, patch: { verdict: 'compliant', questions } });
    }
    expect((await vault.call('audits.get', { auditId: audit.id })).counts.compliant).toBe(149);
    const ids = [...readFileSync(low, 'utf8').matchAll(/"id":"([a-z]{2}-\d+(?:\.\d+)?)","class":"SP800-53/g)].map((match) => match[1]);
    const back = JSON.parse(Buffer.from(await exported(vault, entry.id, 'oscal')).toString('utf8')) as {
      catalog: { groups: { controls: { id: string }[] }[] };
    };
    expect(back.catalog.groups.flatMap((group) => group.controls).map((control) => control.id)).toEqual(ids);
  },
);
