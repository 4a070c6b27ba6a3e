import { randomUUID } from 'node:crypto';
import type { Verdict } from '../../shared/domain/answer.ts';
import { emptyAnswerFields } from '../../shared/domain/answer.ts';
import { type AuditProfile, proposeNotApplicable } from '../../shared/domain/applicability.ts';
import type { Audit } from '../../shared/domain/audit.ts';
import { nameOfControl, type Pack } from '../../shared/domain/control.ts';
import { type AuditId, controlKey } from '../../shared/domain/ids.ts';
import { countVerdicts, readiness } from '../../shared/domain/score.ts';
import type { auditsFeature, ControlRow, Dashboard, SectionRow } from '../../shared/ipc/audits.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { applyProfile, loadApplicability, overruleProposal } from './applicability.ts';
import {
  type AuditControl,
  listAudits,
  loadAudit,
  loadAuditControls,
  loadPacks,
  openChecks,
  requireOpenAudit,
  summariseAudit,
} from './audit-repo.ts';
import { carryForward, describeUpdates, updatePack } from './carry-forward.ts';
import { announce, type Handlers, openSession, shippedPacks } from './context.ts';
import { insertRecord, updateRecord } from './db/records.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import { availablePacks, findAvailable, storeContent } from './packs/library.ts';
import { findPack } from './packs/shipped.ts';
import { type Change, change, requireWriter } from './session.ts';
import { appendTrail } from './trail.ts';

/** Audits: making them, their lists, their dashboard. */
export const auditsHandlers: Handlers<typeof auditsFeature> = {
  'audits.list': (context) => {
    const { records } = openSession(context);
    return listAudits(records).map((audit) => summariseAudit(records, audit, loadAuditControls(records, audit.id)));
  },

  'audits.create': (context, payload) => {
    const session = openSession(context);
    requireWriter(session);
    const packs = [...new Set(payload.packIds)].map((id) => findAvailable(session.records, shippedPacks(context), id).pack);
    const { packIds: _, team, profile, overruled, fromAuditId, ...fields } = payload;
    const audit = change(session, (tx) => {
      const created = createAudit(tx, fields, packs, team.length === 0 ? [session.me.id] : team);
      if (fromAuditId !== null) {
        loadAudit(tx.database, fromAuditId);
        carryForward(tx, created.id, fromAuditId);
      }
      if (profile !== null) applyProfile(tx, created.id, packs, profile as AuditProfile, overruled);
      return created;
    });
    announce(context, ['audits'], audit.id);
    return audit;
  },

  'audits.propose': (context, { packIds, profile }) => {
    const { records } = openSession(context);
    const packs = [...new Set(packIds)].map((id) => findAvailable(records, shippedPacks(context), id).pack);
    return proposeNotApplicable(packs, profile as AuditProfile);
  },

  'audits.applicability': (context, { auditId }) => {
    const { records } = openSession(context);
    loadAudit(records, auditId);
    return loadApplicability(records, auditId);
  },

  'audits.overrule': (context, { auditId, packId, controlId, overruled }) => {
    const session = openSession(context);
    requireWriter(session);
    change(session, (tx) => {
      requireOpenAudit(tx.database, auditId);
      overruleProposal(tx, auditId, { packId, controlId }, overruled);
    });
    announce(context, ['audits', 'answers'], auditId);
    return null;
  },

  'audits.packUpdates': (context, { auditId }) => {
    const { records } = openSession(context);
    loadAudit(records, auditId);
    const available = availablePacks(records, shippedPacks(context)).map(({ pack }) => pack);
    return describeUpdates(records, auditId, available);
  },

  'audits.updatePack': (context, { auditId, packId }) => {
    const session = openSession(context);
    requireWriter(session);
    const { pack } = findAvailable(session.records, shippedPacks(context), packId);
    change(session, (tx) => {
      requireOpenAudit(tx.database, auditId);
      updatePack(tx, auditId, pack);
    });
    announce(context, ['audits', 'answers'], auditId);
    return null;
  },

  'audits.get': (context, { auditId }) => {
    const { records } = openSession(context);
    return summariseAudit(records, loadAudit(records, auditId), loadAuditControls(records, auditId));
  },

  'audits.update': (context, { auditId, patch }) => {
    const session = openSession(context);
    requireWriter(session);
    const audit = change(session, (tx) => {
      requireOpenAudit(tx.database, auditId);
      const before = updateRecord(tx, 'audit', auditId, patch);
      appendTrail(tx, {
        action: 'audit.changed',
        subjectKind: 'audit',
        subjectId: auditId,
        auditId,
        detail: Object.keys(patch).join(', '),
        before,
        after: patch,
      });
      return loadAudit(tx.database, auditId);
    });
    announce(context, ['audits'], auditId);
    return audit;
  },

  'audits.setState': (context, { auditId, state, reason }) => {
    const session = openSession(context);
    requireWriter(session);
    const audit = change(session, (tx) => {
      const current = loadAudit(tx.database, auditId);
      // A signed audit may only be put away; taking it back to work goes through reopening, which makes a new revision.
      if (current.state === 'signed' && state !== 'archived')
        throw new ExpectedError('audit.frozen', 'Reopen it with a reason to make a new revision.');
      if (current.state === 'archived') throw new ExpectedError('audit.frozen', 'Reopen it with a reason to make a new revision.');
      updateRecord(tx, 'audit', auditId, { state });
      appendTrail(tx, {
        action: 'audit.state',
        subjectKind: 'audit',
        subjectId: auditId,
        auditId,
        detail: `${current.state} -> ${state}`,
        before: current.state,
        after: { state, reason },
      });
      return loadAudit(tx.database, auditId);
    });
    announce(context, ['audits'], auditId);
    return audit;
  },

  'audits.dashboard': (context, { auditId }) => buildDashboard(openSession(context).records, auditId),

  'audits.controls': (context, { auditId }) => {
    const { records } = openSession(context);
    const audit = loadAudit(records, auditId);
    const controls = loadAuditControls(records, auditId);
    const checks = checksByControl(records, audit, controls);
    return { sections: sectionRows(controls), controls: controls.map((entry) => controlRow(entry, checks)) };
  },

  'audits.checks': (context, { auditId }) => {
    const { records } = openSession(context);
    return openChecks(records, loadAudit(records, auditId), loadAuditControls(records, auditId));
  },

  'audits.pack': (context, { auditId, packId }) => findPack(loadPacks(openSession(context).records, auditId), packId),
};

type AuditRecordFields = Pick<
  Audit,
  'title' | 'organisation' | 'scope' | 'sites' | 'systems' | 'periodFrom' | 'periodTo' | 'due' | 'summary' | 'limits'
>;

/** Adds an audit with its packs frozen into it and one empty answer per control. */
function createAudit(tx: Change, fields: AuditRecordFields, packs: readonly Pack[], team: readonly string[]): Audit {
  const auditId = randomUUID() as AuditId;
  insertRecord(tx, 'audit', auditId, { ...fields, state: 'fieldwork', revision: 1, createdAt: tx.at });
  let position = 0;
  for (const [order, pack] of packs.entries()) {
    storeContent(tx, pack);
    tx.database.run(
      sql`INSERT INTO audit_pack (audit_id, pack_id, hash, position) VALUES (${auditId}, ${pack.id}, ${pack.hash}, ${order})`,
    );
    for (const control of pack.sections.flatMap((section) => section.controls)) {
      insertRecord(tx, 'answer', randomUUID(), {
        ...emptyAnswerFields,
        auditId,
        packId: pack.id,
        controlId: control.id,
        position,
        updatedAt: null,
        updatedBy: null,
      });
      position += 1;
    }
  }
  for (const personId of new Set(team)) {
    if (tx.database.get(sql`SELECT 1 FROM person WHERE id = ${personId}`) === undefined)
      throw new ExpectedError('person.unknown', 'Choose the team from the people of the vault.');
    tx.database.run(sql`INSERT INTO audit_person (audit_id, person_id) VALUES (${auditId}, ${personId})`);
  }
  appendTrail(tx, {
    action: 'audit.created',
    subjectKind: 'audit',
    subjectId: auditId,
    auditId,
    detail: packs.map((pack) => `${pack.id} ${pack.version}`).join(', '),
    after: { ...fields, packs: packs.map((pack) => pack.hash), team },
  });
  return loadAudit(tx.database, auditId);
}

function checksByControl(database: ReadableDatabase, audit: Audit, controls: readonly AuditControl[]): Map<string, string[]> {
  const grouped = new Map<string, string[]>();
  for (const check of openChecks(database, audit, controls)) {
    if (check.control === null) continue;
    const key = controlKey(check.control);
    grouped.set(key, [...(grouped.get(key) ?? []), check.code]);
  }
  return grouped;
}

function controlRow(entry: AuditControl, checks: ReadonlyMap<string, readonly string[]>): ControlRow {
  const { control, answer, packId } = entry;
  return {
    packId,
    controlId: control.id,
    sectionId: entry.sectionId,
    group: control.group,
    title: control.title,
    citation: nameOfControl(control),
    requirement: control.requirement,
    weight: control.weight,
    verdict: answer.verdict,
    workStatus: answer.workStatus,
    addressableDecision: answer.addressableDecision,
    questions: control.questions.length,
    answeredQuestions: control.questions.filter((question) => (answer.questions[question.id]?.value ?? null) !== null).length,
    evidence: entry.evidenceCount,
    findings: entry.findingCount,
    checks: checks.get(controlKey({ packId, controlId: control.id })) ?? [],
  };
}

function sectionRows(controls: readonly AuditControl[]): SectionRow[] {
  const grouped = new Map<string, AuditControl[]>();
  for (const entry of controls) {
    const key = `${entry.packId}/${entry.sectionId}`;
    const group = grouped.get(key);
    if (group === undefined) grouped.set(key, [entry]);
    else group.push(entry);
  }
  return [...grouped.values()].flatMap((group) => {
    const counts = countVerdicts(group.map((entry) => entry.answer));
    return group.slice(0, 1).map((first) => ({
      packId: first.packId,
      packTitle: first.packTitle,
      id: first.sectionId,
      title: first.sectionTitle,
      counts,
    }));
  });
}

function buildDashboard(database: ReadableDatabase, auditId: AuditId): Dashboard {
  const audit = loadAudit(database, auditId);
  const controls = loadAuditControls(database, auditId);
  return {
    audit: summariseAudit(database, audit, controls),
    score: readiness(controls.map((entry) => ({ verdict: entry.answer.verdict, weight: entry.control.weight }))),
    trend: scoreTrend(database, auditId, controls),
    sections: sectionRows(controls),
    heat: database.all(
      sql`SELECT likelihood, impact, count(*) AS count FROM finding WHERE audit_id = ${auditId} AND removed = 0 AND state <> 'closed'
          GROUP BY likelihood, impact ORDER BY likelihood, impact`,
    ),
    checks: openChecks(database, audit, controls),
    nextTasks: database.all(
      sql`SELECT id, title, due, progress FROM task WHERE audit_id = ${auditId} AND removed = 0 AND progress < 100 AND due <> '' ORDER BY due, number LIMIT 6`,
    ),
    activity: database.all(
      sql`SELECT trail.at, coalesce(person.name, '') AS person, trail.action, trail.detail FROM trail LEFT JOIN person ON person.id = trail.person_id
          WHERE trail.audit_id = ${auditId} ORDER BY trail.sequence DESC LIMIT 8`,
    ),
  };
}

/** Replays the verdicts' changes and notes the score at the end of each day. */
function scoreTrend(database: ReadableDatabase, auditId: AuditId, controls: readonly AuditControl[]): Dashboard['trend'] {
  const state = new Map(
    controls.map((entry) => [
      controlKey({ packId: entry.packId, controlId: entry.control.id }),
      { verdict: 'not-assessed' as Verdict, weight: entry.control.weight },
    ]),
  );
  const changes = database.all<{ key: string; day: string; after: string }>(
    sql`SELECT answer.pack_id || '/' || answer.control_id AS key, substr(change.at, 1, 10) AS day, change.after FROM change JOIN answer ON answer.id = change.entity_id
        WHERE answer.audit_id = ${auditId} AND change.entity = 'answer' AND change.field = 'verdict' ORDER BY change.sequence`,
  );
  const byDay = new Map<string, number>();
  changes.forEach((entry, index) => {
    const control = state.get(entry.key);
    if (control !== undefined) control.verdict = JSON.parse(entry.after) as Verdict;
    // The score is worked out once a day, at its last change.
    if (changes[index + 1]?.day !== entry.day) byDay.set(entry.day, readiness([...state.values()]) ?? 0);
  });
  return [...byDay].map(([day, score]) => ({ day, score }));
}
