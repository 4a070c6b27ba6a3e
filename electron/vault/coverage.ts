import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { counted } from '../../shared/domain/count.ts';
import { type ControlCoverage, coverageState } from '../../shared/domain/coverage.ts';
import { type Evidence, evidenceLabel } from '../../shared/domain/evidence.ts';
import type { EvidenceId } from '../../shared/domain/ids.ts';
import type { coverageFeature } from '../../shared/ipc/coverage.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { loadAudit, requireOpenAudit } from './audit-repo.ts';
import { announce, type Handlers, openSession, takeFile } from './context.ts';
import { listCoverage, loadCoverage } from './coverage-repo.ts';
import { insertRecord, updateRecord } from './db/records.ts';
import { sql } from './db/sql.ts';
import { linkToControl } from './evidence-links.ts';
import { readEvidenceAhead } from './evidence-reading.ts';
import { loadEvidence } from './evidence-repo.ts';
import { writeFileDurably } from './files.ts';
import { giveWay } from './give-way.ts';
import { writeCsv } from './packs/csv.ts';
import { type Change, change, requireWriter } from './session.ts';
import { appendTrail } from './trail.ts';

/** Which evidence shows what the checklists expect. */
export const coverageHandlers: Handlers<typeof coverageFeature> = {
  'coverage.list': (context, { auditId }) => {
    const { records } = openSession(context);
    loadAudit(records, auditId);
    return listCoverage(records, auditId);
  },

  'coverage.get': (context, { auditId, packId, controlId }) => {
    return loadCoverage(openSession(context).records, auditId, { packId, controlId });
  },

  'coverage.tick': (context, { auditId, packId, controlId, text, evidenceIds, present }) => {
    const session = openSession(context);
    requireWriter(session);
    requireOpenAudit(session.records, auditId);
    const control = { packId, controlId };
    const linked = change(session, (tx) => {
      const coverage = loadCoverage(tx.database, auditId, control);
      // What an earlier version of the checklist expected can only be taken back.
      const known = present ? coverage.entries : [...coverage.entries, ...coverage.earlier];
      if (!known.some((entry) => entry.text === text)) throw new ExpectedError('expectation.unknown', 'Reload the control.');
      const ids = [...new Set(evidenceIds)];
      // A tick can be taken back also where its piece was destroyed since.
      for (const id of present ? ids : [])
        if (loadEvidence(tx.database, id).auditId !== auditId) throw new ExpectedError('evidence.unknown', 'Reload the list of evidence.');
      const fresh = present ? ids.filter((id) => linkToControl(tx, auditId, id, control, true)) : [];
      for (const id of ids) setTick(tx, { auditId, ...control, text, evidenceId: id }, present);
      return fresh;
    });
    announce(context, ['evidence', 'answers'], auditId);
    return { linked };
  },

  'coverage.export': async (context, { auditId, token }) => {
    const session = openSession(context);
    loadAudit(session.records, auditId);
    const path = takeFile(context, token, 'write');
    const evidence = await readEvidenceAhead(session.records, auditId, () => giveWay(context));
    const controls = listCoverage(session.records, auditId);
    writeFileDurably(path, coverageCsv(controls, evidence(session.records)));
    change(session, (tx) =>
      appendTrail(tx, {
        action: 'audit.coverage-exported',
        subjectKind: 'audit',
        subjectId: auditId,
        auditId,
        detail: counted(controls.length, 'control'),
      }),
    );
    announce(context, [], auditId);
    return { name: basename(path) };
  },
};

interface Expectation {
  readonly auditId: string;
  readonly packId: string;
  readonly controlId: string;
  readonly text: string;
  readonly evidenceId: EvidenceId;
}

/** Makes or takes back a tick. The record stays, so that merging knows of it. */
function setTick(tx: Change, tick: Expectation, present: boolean): void {
  const found = tx.database.get<{ id: string; removed: number }>(
    sql`SELECT id, removed FROM expectation WHERE audit_id = ${tick.auditId} AND pack_id = ${tick.packId}
        AND control_id = ${tick.controlId} AND text = ${tick.text} AND evidence_id = ${tick.evidenceId}`,
  );
  if (found === undefined ? !present : (found.removed === 0) === present) return;
  const id = found?.id ?? randomUUID();
  const stamp = { removed: present ? 0 : 1, updatedAt: tx.at, updatedBy: tx.session.me.id };
  if (found === undefined) insertRecord(tx, 'expectation', id, { ...tick, ...stamp });
  else updateRecord(tx, 'expectation', id, stamp);
  appendTrail(tx, {
    action: present ? 'coverage.ticked' : 'coverage.unticked',
    subjectKind: 'expectation',
    subjectId: id,
    auditId: tick.auditId,
    detail: tick.controlId,
    after: tick,
  });
}

const csvColumns = [
  'checklist',
  'section',
  'citation',
  'control',
  'title',
  'verdict',
  'coverage',
  'expected evidence',
  'shown by',
  'other linked evidence',
] as const;

/** A row for every expected entry; a control that expects nothing has one row of its own. */
function coverageCsv(controls: readonly ControlCoverage[], evidence: readonly Evidence[]): string {
  const names = new Map(evidence.map((item) => [item.id, `${evidenceLabel(item.number)} ${item.title}`]));
  const named = (ids: readonly EvidenceId[]) => ids.map((id) => names.get(id) ?? '').join('\n');
  const rows = controls.flatMap((control) => {
    const { packTitle, sectionTitle, citation, controlId, title, verdict, entries, earlier } = control;
    const start = [packTitle, sectionTitle, citation, controlId, title, verdict, coverageState(control)];
    const ticked = new Set(entries.flatMap(({ pieces }) => pieces));
    const others = named(control.evidence.filter((id) => !ticked.has(id)));
    const lines = [
      ...entries.map(({ text, pieces }) => [text, named(pieces)]),
      ...earlier.map(({ text, pieces }) => [`(earlier version) ${text}`, named(pieces)]),
    ];
    return (lines.length === 0 ? [['', '']] : lines).map((line, place) => [...start, ...line, place === 0 ? others : '']);
  });
  return writeCsv([[...csvColumns], ...rows]);
}
