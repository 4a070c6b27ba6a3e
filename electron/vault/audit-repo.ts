import type { Answer, Verdict } from '../../shared/domain/answer.ts';
import type { Audit, AuditSummary } from '../../shared/domain/audit.ts';
import { type Check, findOpenChecks } from '../../shared/domain/checks.ts';
import { type Control, nameOfControl, type Pack } from '../../shared/domain/control.ts';
import { type AuditId, controlKey, type PersonId } from '../../shared/domain/ids.ts';
import { isOverdue } from '../../shared/domain/plan.ts';
import { type EvidenceRequest, isLateRequest, isOpenRequest } from '../../shared/domain/request.ts';
import { countVerdicts } from '../../shared/domain/score.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { decodeRow } from './db/records.ts';
import { type ReadableDatabase, type Row, sql } from './db/sql.ts';
import { waitingControls } from './earlier-answers.ts';
import { countByControl } from './links.ts';
import { loadContent } from './packs/library.ts';

/** Reading audits: the record, its frozen packs, its answers, and the view that lists, checks and reports share. */

export function loadAudit(database: ReadableDatabase, auditId: AuditId): Audit {
  const row = database.get(sql`SELECT * FROM audit WHERE id = ${auditId}`);
  if (row === undefined) throw new ExpectedError('audit.unknown', 'Go back to the list of audits.');
  return decodeAudit(database, row);
}

export function listAudits(database: ReadableDatabase): Audit[] {
  return database.all(sql`SELECT * FROM audit ORDER BY created_at DESC, id`).map((row) => decodeAudit(database, row));
}

function decodeAudit(database: ReadableDatabase, row: Row): Audit {
  const packs = database.all<{ id: string; version: string; title: string; hash: string }>(
    sql`SELECT pack.pack_id AS id, pack.version, pack.title, pack.hash FROM audit_pack JOIN pack ON pack.hash = audit_pack.hash
        WHERE audit_pack.audit_id = ${String(row.id)} ORDER BY audit_pack.position`,
  );
  const team = database.all<{ person_id: PersonId }>(
    sql`SELECT person_id FROM audit_person WHERE audit_id = ${String(row.id)} ORDER BY person_id`,
  );
  return { ...(decodeRow('audit', row) as unknown as Audit), packs, team: team.map((entry) => entry.person_id) };
}

/** Throws `audit.frozen` unless the audit may be worked on. */
export function requireOpenAudit(database: ReadableDatabase, auditId: AuditId): Audit {
  const audit = loadAudit(database, auditId);
  if (audit.state === 'signed' || audit.state === 'archived')
    throw new ExpectedError('audit.frozen', 'Reopen it with a reason to make a new revision.');
  return audit;
}

/** The packs as frozen into the audit, in order. */
export function loadPacks(database: ReadableDatabase, auditId: AuditId): Pack[] {
  const hashes = database.all<{ hash: string }>(sql`SELECT hash FROM audit_pack WHERE audit_id = ${auditId} ORDER BY position`);
  return hashes.map(({ hash }) => loadContent(database, hash));
}

export function decodeAnswer(row: Row): Answer {
  const { id: _id, position: _position, ...answer } = decodeRow('answer', row);
  return answer as unknown as Answer;
}

/** A control of an audit with everything counted that the lists and checks need. */
export interface AuditControl {
  readonly packId: string;
  readonly packTitle: string;
  readonly sectionId: string;
  readonly sectionTitle: string;
  readonly control: Control;
  readonly answer: Answer;
  readonly evidenceCount: number;
  readonly findingCount: number;
  /** An earlier answer waits, because the control's text changed. */
  readonly waiting: boolean;
}

/** Every control of the audit in checklist order. Three queries whatever the number of controls. */
export function loadAuditControls(database: ReadableDatabase, auditId: AuditId): AuditControl[] {
  const answers = new Map(
    database.all(sql`SELECT * FROM answer WHERE audit_id = ${auditId} ORDER BY position`).map((row) => {
      const answer = decodeAnswer(row);
      return [controlKey(answer), answer];
    }),
  );
  const evidence = countByControl(database, auditId, 'evidence-control');
  const findings = countByControl(database, auditId, 'finding-control');
  const waiting = waitingControls(database, auditId);
  return loadPacks(database, auditId).flatMap((pack) =>
    pack.sections.flatMap((section) =>
      section.controls.flatMap((control) => {
        const key = controlKey({ packId: pack.id, controlId: control.id });
        const answer = answers.get(key);
        if (answer === undefined) return [];
        return [
          {
            packId: pack.id,
            packTitle: pack.title,
            sectionId: section.id,
            sectionTitle: section.title,
            control,
            answer,
            evidenceCount: evidence.get(key) ?? 0,
            findingCount: findings.get(key) ?? 0,
            waiting: waiting.has(key),
          },
        ];
      }),
    ),
  );
}

/** The audit's open checks as of a day. */
export function openChecks(
  database: ReadableDatabase,
  audit: Audit,
  controls: readonly AuditControl[],
  today: string = isoToday(),
): Check[] {
  return findOpenChecks({
    controls: controls.map((entry) => ({
      packId: entry.packId,
      controlId: entry.control.id,
      title: entry.control.title,
      citation: nameOfControl(entry.control),
      requirement: entry.control.requirement,
      answer: entry.answer,
      evidenceCount: entry.evidenceCount,
      findingCount: entry.findingCount,
      waiting: entry.waiting,
    })),
    evidence: database.all(
      sql`SELECT id, title, effective_from AS effectiveFrom, effective_to AS effectiveTo FROM evidence WHERE audit_id = ${audit.id}
          AND (effective_from <> '' OR effective_to <> '')
          AND id NOT IN (SELECT supersedes FROM evidence WHERE audit_id = ${audit.id} AND supersedes <> '') ORDER BY number`,
    ),
    tasks: database.all(sql`SELECT id, title, due, progress FROM task WHERE audit_id = ${audit.id} AND removed = 0 ORDER BY number`),
    periodFrom: audit.periodFrom,
    periodTo: audit.periodTo,
    today,
  });
}

/** The audit with the numbers its card shows. */
export function summariseAudit(database: ReadableDatabase, audit: Audit, controls: readonly AuditControl[]): AuditSummary {
  const today = isoToday();
  const count = (query: ReturnType<typeof sql>) => Number(database.get<{ total: number }>(query)?.total);
  const tasks = database.all<{ due: string; progress: number }>(
    sql`SELECT due, progress FROM task WHERE audit_id = ${audit.id} AND removed = 0`,
  );
  const requests = database.all<Pick<EvidenceRequest, 'due' | 'state'>>(
    sql`SELECT due, state FROM request WHERE audit_id = ${audit.id} AND removed = 0`,
  );
  return {
    ...audit,
    counts: countVerdicts(controls.map((entry): { verdict: Verdict } => entry.answer)),
    controls: controls.length,
    evidence: count(sql`SELECT count(*) AS total FROM evidence WHERE audit_id = ${audit.id}`),
    findings: count(sql`SELECT count(*) AS total FROM finding WHERE audit_id = ${audit.id} AND removed = 0`),
    openChecks: openChecks(database, audit, controls, today).length,
    overdueTasks: tasks.filter((task) => isOverdue(task, today)).length,
    openRequests: requests.filter(isOpenRequest).length,
    lateRequests: requests.filter((request) => isLateRequest(request, today)).length,
  };
}

/** Today as an ISO day in the machine's own time zone, as due dates are meant. */
export function isoToday(now: Date = new Date()): string {
  const pad = (value: number) => String(value).padStart(2, '0');
  return `${now.getFullYear()}-${pad(now.getMonth() + 1)}-${pad(now.getDate())}`;
}
