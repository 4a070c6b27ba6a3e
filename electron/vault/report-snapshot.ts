import type { Audit } from '../../shared/domain/audit.ts';
import { isStatementAlone } from '../../shared/domain/checks.ts';
import { nameOfControl } from '../../shared/domain/control.ts';
import { type Evidence, evidenceLabel } from '../../shared/domain/evidence.ts';
import { findingLabel } from '../../shared/domain/finding.ts';
import { type AuditId, controlKey } from '../../shared/domain/ids.ts';
import { isOverdue } from '../../shared/domain/plan.ts';
import { applyProfile } from '../../shared/domain/redaction-profile.ts';
import type { ReportControl, ReportModel, ReportSection } from '../../shared/domain/report-model.ts';
import { riskLevel } from '../../shared/domain/risk.ts';
import { countVerdicts, readiness } from '../../shared/domain/score.ts';
import type { ReportOptions } from '../../shared/ipc/reports.ts';
import { type AuditControl, isoToday, loadAudit, loadAuditControls, loadPacks, openChecks } from './audit-repo.ts';
import { findCarry } from './carry-repo.ts';
import { type ReadableDatabase, sql } from './db/sql.ts';
import { readEvidenceAhead } from './evidence-reading.ts';
import { listFindings, listTasks } from './finding-repo.ts';
import { yieldToOthers } from './give-way.ts';
import { listPeople } from './people.ts';
import { describeEvidence, hideSubjects, labelsOf, withheldChecks } from './report-redaction.ts';
import type { Session } from './session.ts';
import { trailHead } from './trail.ts';

/** Whether a report may be signed as final: no blocking check is open. */
export function isReady(checks: ReportModel['checks']): boolean {
  return checks.every((check) => check.severity !== 'blocking');
}

/**
 * The audit as it stands, frozen into a report model. Read in one snapshot, so it is of one moment; only its evidence is read
 * ahead of it. `wait` runs while that goes on and may throw to stop.
 */
export async function takeSnapshot(
  session: Session,
  auditId: AuditId,
  options: ReportOptions,
  fingerprint: string,
  wait: () => Promise<void> = yieldToOthers,
): Promise<ReportModel> {
  const evidence = await readEvidenceAhead(session.records, auditId, wait);
  return session.records.snapshot((database) =>
    buildModel(session, database, loadAudit(database, auditId), evidence(database), options, fingerprint),
  );
}

function buildModel(
  session: Session,
  database: ReadableDatabase,
  audit: Audit,
  everything: readonly Evidence[],
  options: ReportOptions,
  fingerprint: string,
): ReportModel {
  const controls = loadAuditControls(database, audit.id);
  const today = isoToday();
  const profiled = applyProfile(everything, options.redaction);
  const redacted = options.redaction === 'redacted';
  const open = openChecks(database, audit, controls, today);
  const checks = redacted ? [...hideSubjects(open, profiled, everything), ...withheldChecks(profiled)] : open;
  const people = listPeople(database);
  const nameOf = new Map(people.map((person) => [person.id as string, person.name]));
  const citationOf = new Map(controls.map((entry) => [keyOf(entry), nameOfControl(entry.control)]));
  const findings = listFindings(database, audit.id);
  const findingLabels = new Map(findings.map((finding) => [finding.id as string, findingLabel(finding.number)]));
  const evidenceLabels = labelsOf(profiled);
  const team = people.filter((person) => audit.team.includes(person.id) || controls.some((entry) => entry.answer.updatedBy === person.id));
  return {
    number: reportNumber(database, audit),
    revision: audit.revision,
    draft: !options.final || !isReady(checks),
    createdAt: new Date().toISOString(),
    language: 'en',
    paper: options.paper,
    vaultId: session.vaultId,
    audit: {
      id: audit.id,
      title: audit.title,
      organisation: audit.organisation,
      scope: audit.scope,
      sites: audit.sites,
      systems: audit.systems,
      periodFrom: audit.periodFrom,
      periodTo: audit.periodTo,
      summary: audit.summary,
      limits: audit.limits,
    },
    packs: loadPacks(database, audit.id).map(({ id, title, version, hash, sources, sections }) => ({
      id,
      title,
      version,
      hash,
      sources,
      controls: sections.reduce((sum, section) => sum + section.controls.length, 0),
    })),
    score: readiness(controls.map((entry) => ({ verdict: entry.answer.verdict, weight: entry.control.weight }))),
    counts: countVerdicts(controls.map((entry) => entry.answer)),
    sections: groupSections(
      controls,
      (entry) => nameOf.get(entry.answer.updatedBy ?? '') ?? '',
      labelsByControl(
        profiled.groups.flatMap(({ named, pieces }) =>
          pieces.map(({ controls: on }) => ({ label: evidenceLabel(named.number), controls: on })),
        ),
      ),
      labelsByControl(findings.map((finding) => ({ label: findingLabel(finding.number), controls: finding.controls }))),
      (entry) => {
        const carry = findCarry(database, audit.id, { packId: entry.packId, controlId: entry.control.id });
        if (carry === undefined) return {};
        return {
          carriedFrom: { citation: citationOf.get(controlKey(carry.origin)) ?? carry.origin.controlId, inSync: carry.mode === 'in-sync' },
        };
      },
    ),
    findings: findings.map((finding) => ({
      ...finding,
      label: findingLabel(finding.number),
      level: riskLevel(finding.likelihood, finding.impact),
      citations: finding.controls.map((control) => citationOf.get(controlKey(control)) ?? control.controlId),
      evidence: [...new Set(finding.evidence.flatMap((id) => evidenceLabels.get(id) ?? []))],
    })),
    tasks: listTasks(database, audit.id).map((task) => ({
      ...task,
      overdue: isOverdue(task, today),
      finding: findingLabels.get(task.findingId ?? '') ?? '',
    })),
    evidence: describeEvidence(everything, profiled, evidenceLabels, (control) => citationOf.get(controlKey(control)) ?? control.controlId),
    people: team.map(({ name, email, role }) => ({ name, email, role })),
    signer: { name: session.me.name, role: session.me.role, fingerprint },
    trailHead: trailHead(database),
    checks,
    redaction: {
      profile: options.redaction,
      copies: everything.length - profiled.shown.length,
      withheld: profiled.withheld.size,
    },
  };
}

type Labels = ReadonlyMap<string, readonly string[]>;

function groupSections(
  controls: readonly AuditControl[],
  answeredBy: (entry: AuditControl) => string,
  evidence: Labels,
  findings: Labels,
  origins: (entry: AuditControl) => Pick<ReportControl, 'carriedFrom'>,
): ReportSection[] {
  const sections: { -readonly [Key in keyof ReportSection]: ReportSection[Key] }[] = [];
  for (const entry of controls) {
    const { control, answer, packId, packTitle, sectionId, sectionTitle } = entry;
    let section = sections.at(-1);
    if (section === undefined || section.packId !== packId || section.id !== sectionId) {
      const members = controls.filter((other) => other.packId === packId && other.sectionId === sectionId);
      section = {
        packId,
        packTitle,
        id: sectionId,
        title: sectionTitle,
        counts: countVerdicts(members.map((other) => other.answer)),
        controls: [],
      };
      sections.push(section);
    }
    section.controls = [
      ...section.controls,
      {
        packId,
        id: control.id,
        citations: control.citations,
        title: control.title,
        requirement: control.requirement,
        objective: control.objective,
        verdict: answer.verdict,
        workStatus: answer.workStatus,
        addressableDecision: answer.addressableDecision,
        rationale: answer.rationale,
        methods: answer.methods,
        interviewed: answer.interviewed,
        sample: answer.sample,
        statementAlone: isStatementAlone(entry),
        questions: control.questions.map((question) => ({
          id: question.id,
          text: question.text,
          value: answer.questions[question.id]?.value ?? null,
          note: answer.questions[question.id]?.note ?? '',
        })),
        evidence: evidence.get(keyOf(entry)) ?? [],
        findings: findings.get(keyOf(entry)) ?? [],
        answeredBy: answeredBy(entry),
        answeredAt: answer.updatedAt ?? '',
        ...origins(entry),
      },
    ];
  }
  return sections;
}

function keyOf(entry: AuditControl): string {
  return controlKey({ packId: entry.packId, controlId: entry.control.id });
}

function labelsByControl(
  items: readonly { readonly label: string; readonly controls: readonly { packId: string; controlId: string }[] }[],
): Labels {
  // A set, because an original and its copy may be linked to the same control, and the copy stands for both.
  const labels = new Map<string, Set<string>>();
  for (const item of items) {
    for (const control of item.controls) {
      const known = labels.get(controlKey(control));
      if (known === undefined) labels.set(controlKey(control), new Set([item.label]));
      else known.add(item.label);
    }
  }
  return new Map([...labels].map(([key, known]) => [key, [...known]]));
}

/** SB, the year the audit began, and its place in the vault: stable over the audit's revisions. */
function reportNumber(database: ReadableDatabase, audit: Audit): string {
  const row = database.get<{ place: number }>(
    sql`SELECT count(*) AS place FROM audit WHERE created_at < ${audit.createdAt} OR (created_at = ${audit.createdAt} AND id <= ${audit.id})`,
  );
  return `SB-${audit.createdAt.slice(0, 4)}-${String(row?.place).padStart(4, '0')}`;
}
