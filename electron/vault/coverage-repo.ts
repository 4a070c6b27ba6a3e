import type { Verdict } from '../../shared/domain/answer.ts';
import { nameOfControl } from '../../shared/domain/control.ts';
import { type ControlCoverage, placeTicks, type Tick } from '../../shared/domain/coverage.ts';
import { type AuditId, type ControlReference, controlKey, type EvidenceId } from '../../shared/domain/ids.ts';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import { loadPacks } from './audit-repo.ts';
import { type ReadableDatabase, type SqlQuery, sql } from './db/sql.ts';

/** The coverage of every control in checklist order. Three queries whatever the number of controls. */
export function listCoverage(database: ReadableDatabase, auditId: AuditId): ControlCoverage[] {
  return readCoverage(database, auditId, sql``);
}

/** The coverage of one control, or `control.unknown`. */
export function loadCoverage(database: ReadableDatabase, auditId: AuditId, control: ControlReference): ControlCoverage {
  const [found] = readCoverage(database, auditId, sql`AND pack_id = ${control.packId} AND control_id = ${control.controlId}`);
  if (found === undefined) throw new ExpectedError('control.unknown', 'Reload the list of controls.', { control: controlKey(control) });
  return found;
}

interface AtControl extends ControlReference {
  readonly evidenceId: EvidenceId;
}

const reference = sql`pack_id AS packId, control_id AS controlId`;

function readCoverage(database: ReadableDatabase, auditId: AuditId, only: SqlQuery): ControlCoverage[] {
  const answers = byControl(
    database.all<ControlReference & { verdict: Verdict }>(
      sql`SELECT ${reference}, verdict FROM answer WHERE audit_id = ${auditId} ${only}`,
    ),
  );
  const links = byControl(
    database.all<AtControl>(
      sql`SELECT ${reference}, from_id AS evidenceId FROM link JOIN evidence ON evidence.id = link.from_id
          WHERE link.audit_id = ${auditId} AND link.kind = 'evidence-control' AND link.removed = 0 ${only} ORDER BY evidence.number`,
    ),
  );
  const ticks = byControl(
    database.all<AtControl & Tick>(
      sql`SELECT ${reference}, text, evidence_id AS evidenceId FROM expectation WHERE audit_id = ${auditId} AND removed = 0 ${only}
          ORDER BY expectation.rowid`,
    ),
  );
  return loadPacks(database, auditId).flatMap((pack) =>
    pack.sections.flatMap((section) =>
      section.controls.flatMap((control) => {
        const key = controlKey({ packId: pack.id, controlId: control.id });
        const verdict = answers.get(key)?.[0]?.verdict;
        if (verdict === undefined) return [];
        const evidence = (links.get(key) ?? []).map(({ evidenceId }) => evidenceId);
        return [
          {
            packId: pack.id,
            controlId: control.id,
            packTitle: pack.title,
            sectionId: section.id,
            sectionTitle: section.title,
            citation: nameOfControl(control),
            title: control.title,
            verdict,
            ...placeTicks(control.expectedEvidence, evidence, ticks.get(key) ?? []),
            evidence,
          },
        ];
      }),
    ),
  );
}

function byControl<Row extends ControlReference>(rows: readonly Row[]): Map<string, Row[]> {
  const grouped = new Map<string, Row[]>();
  for (const row of rows) {
    const key = controlKey(row);
    const group = grouped.get(key);
    if (group === undefined) grouped.set(key, [row]);
    else group.push(row);
  }
  return grouped;
}
