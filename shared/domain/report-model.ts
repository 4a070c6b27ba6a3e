import type { AddressableDecision, QuestionValue, Sample, Verdict, WorkStatus } from './answer.ts';
import type { VerdictCounts } from './audit.ts';
import type { Check } from './checks.ts';
import type { Method, Requirement } from './control.ts';
import type { FindingState } from './finding.ts';
import type { Priority } from './plan.ts';
import type { RedactionProfile } from './redaction-profile.ts';
import type { RiskLevel } from './risk.ts';
import type { TrailHead } from './trail.ts';

/**
 * The frozen content of a report: plain data, ready to lay out. Whatever the PDF prints and whatever the manifest
 * lists comes from here and from nowhere else. Times are ISO UTC; days are ISO days or empty.
 */
export interface ReportModel {
  /** e.g. SB-2026-0147. */
  readonly number: string;
  readonly revision: number;
  /** A draft carries a watermark and the open checks. */
  readonly draft: boolean;
  readonly createdAt: string;
  readonly language: string;
  readonly paper: 'a4' | 'letter';
  readonly vaultId: string;
  readonly audit: {
    readonly id: string;
    readonly title: string;
    readonly organisation: string;
    readonly scope: string;
    readonly sites: readonly string[];
    readonly systems: readonly string[];
    readonly periodFrom: string;
    readonly periodTo: string;
    readonly summary: string;
    readonly limits: string;
  };
  readonly packs: readonly ReportPack[];
  /** 0..100, or null when nothing applies. */
  readonly score: number | null;
  readonly counts: VerdictCounts;
  readonly sections: readonly ReportSection[];
  readonly findings: readonly ReportFinding[];
  readonly tasks: readonly ReportTask[];
  readonly evidence: readonly ReportEvidence[];
  readonly people: readonly { readonly name: string; readonly email: string; readonly role: string }[];
  readonly signer: { readonly name: string; readonly role: string; readonly fingerprint: string };
  readonly trailHead: TrailHead;
  readonly checks: readonly Check[];
  /** Absent in reports of versions that had no profiles: they name originals and say nothing of it. */
  readonly redaction?: ReportRedaction;
}

export interface ReportRedaction {
  readonly profile: RedactionProfile;
  /** Pieces that a redacted copy stands for. */
  readonly copies: number;
  /** Sensitive pieces listed without title and file name. */
  readonly withheld: number;
}

export interface ReportPack {
  readonly id: string;
  readonly title: string;
  readonly version: string;
  readonly hash: string;
  readonly controls: number;
  readonly sources: readonly { readonly title: string; readonly citation: string; readonly asOf: string }[];
}

export interface ReportSection {
  readonly packId: string;
  readonly packTitle: string;
  readonly id: string;
  readonly title: string;
  readonly counts: VerdictCounts;
  readonly controls: readonly ReportControl[];
}

export interface ReportControl {
  readonly packId: string;
  readonly id: string;
  readonly citations: readonly string[];
  readonly title: string;
  readonly requirement: Requirement;
  readonly objective: string;
  readonly verdict: Verdict;
  readonly workStatus: WorkStatus;
  readonly addressableDecision: AddressableDecision | null;
  readonly rationale: string;
  readonly methods: readonly Method[];
  readonly interviewed: readonly string[];
  readonly sample: Sample;
  readonly statementAlone: boolean;
  readonly questions: readonly {
    readonly id: string;
    readonly text: string;
    readonly value: QuestionValue | null;
    readonly note: string;
  }[];
  /** Labels: E-001, F-01. */
  readonly evidence: readonly string[];
  readonly findings: readonly string[];
  readonly answeredBy: string;
  readonly answeredAt: string;
  /** The control whose answer was carried over to this one; absent where it was answered on its own. */
  readonly carriedFrom?: { readonly citation: string; readonly inSync: boolean };
}

export interface ReportFinding {
  readonly label: string;
  readonly title: string;
  readonly condition: string;
  readonly criteria: string;
  readonly cause: string;
  readonly effect: string;
  readonly recommendation: string;
  readonly response: string;
  readonly likelihood: number;
  readonly impact: number;
  readonly level: RiskLevel;
  readonly owner: string;
  readonly due: string;
  readonly state: FindingState;
  readonly citations: readonly string[];
  readonly evidence: readonly string[];
}

export interface ReportTask {
  readonly number: number;
  readonly title: string;
  readonly phase: string;
  readonly owner: string;
  readonly start: string;
  readonly due: string;
  readonly priority: Priority;
  readonly progress: number;
  readonly overdue: boolean;
  readonly successCriteria: string;
  readonly finding: string;
}

export interface ReportEvidence {
  readonly label: string;
  readonly title: string;
  readonly originalName: string;
  readonly mediaType: string;
  readonly size: number;
  readonly sha256: string;
  readonly receivedAt: string;
  readonly collector: string;
  readonly sensitivity: string;
  /** Label of the newer revision that replaced it. */
  readonly supersededBy?: string;
  readonly citations: readonly string[];
  /** Label of the original that this redacted copy was made from. */
  readonly redactedFrom?: string;
  /** Title and file name are withheld and empty. */
  readonly withheld?: true;
}

/** The machine-readable part inside the PDF: `manifest.json`. Keys are written in canonical (sorted) order. */
export interface ReportManifest {
  readonly format: 'sealbook-manifest';
  readonly version: 1;
  readonly report: {
    readonly number: string;
    readonly revision: number;
    readonly draft: boolean;
    readonly createdAt: string;
  };
  readonly vaultId: string;
  readonly audit: {
    readonly id: string;
    readonly organisation: string;
    readonly title: string;
    readonly periodFrom: string;
    readonly periodTo: string;
  };
  readonly packs: readonly { readonly id: string; readonly version: string; readonly hash: string }[];
  readonly score: number | null;
  readonly answers: readonly {
    readonly packId: string;
    readonly controlId: string;
    readonly citations: readonly string[];
    readonly verdict: Verdict;
    readonly workStatus: WorkStatus;
    readonly rationale: string;
    readonly methods: readonly Method[];
    readonly questions: Readonly<Record<string, QuestionValue | null>>;
    readonly evidence: readonly string[];
    readonly findings: readonly string[];
    readonly answeredBy: string;
    readonly answeredAt: string;
  }[];
  readonly evidence: readonly {
    readonly label: string;
    readonly name: string;
    readonly size: number;
    readonly sha256: string;
    readonly mediaType: string;
  }[];
  readonly findings: readonly {
    readonly label: string;
    readonly title: string;
    readonly likelihood: number;
    readonly impact: number;
    readonly state: FindingState;
  }[];
  readonly signer: { readonly name: string; readonly fingerprint: string };
  readonly trailHead: TrailHead;
  readonly redaction?: ReportRedaction;
}
