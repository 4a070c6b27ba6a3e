import { counted } from '../../../shared/domain/count.ts';
import { type Evidence, evidenceLabel } from '../../../shared/domain/evidence.ts';
import type { TrailHead } from '../../../shared/domain/trail.ts';
import { writeCsv } from '../packs/csv.ts';
import type { PlacedEvidence } from './layout.ts';

/** The papers of a body of evidence: its index for people and for programs, and checksums. */

const indexColumns = [
  'label',
  'title',
  'path',
  'size',
  'sha256',
  'media type',
  'received at',
  'collector',
  'source',
  'method',
  'sensitivity',
  'keep until',
  'tags',
  'controls',
  'description',
  'original name',
  'collected at',
  'effective from',
  'effective to',
  'replaced by',
  'replaces',
  'made from',
  'made as',
] as const;

/** What stands at the head of every paper. */
export interface BodyHead {
  readonly organisation: string;
  readonly audit: string;
  readonly exportedAt: string;
  readonly exportedBy: string;
  readonly reason: string;
  /** Pieces that stayed out by choice. */
  readonly leftOut: number;
  readonly trail: TrailHead;
}

/** Where a piece's custody form lies. */
export function custodyPath({ number }: Pick<Evidence, 'number'>): string {
  return `custody/${evidenceLabel(number)}.pdf`;
}

/** One row for each piece, with the path at which its file was written. */
export function indexCsv(placed: readonly PlacedEvidence[]): string {
  const rows = placed.map(({ evidence, paths, controls, replacedBy, replaces, madeFrom }) => [
    evidenceLabel(evidence.number),
    evidence.title,
    ...paths.slice(0, 1),
    String(evidence.size),
    evidence.sha256,
    evidence.mediaType,
    evidence.receivedAt,
    evidence.collector,
    evidence.source,
    evidence.method,
    evidence.sensitivity,
    evidence.retainUntil,
    evidence.tags.join(', '),
    controls.join('\n'),
    evidence.description,
    evidence.originalName,
    evidence.collectedAt,
    evidence.effectiveFrom,
    evidence.effectiveTo,
    replacedBy,
    replaces,
    madeFrom,
    evidence.derivation,
  ]);
  return writeCsv([[...indexColumns], ...rows]);
}

/** As `sha256sum -c` reads it, for every path. */
export function checksums(entries: readonly { readonly sha256: string; readonly path: string }[]): string {
  return entries.map(({ sha256, path }) => `${sha256}  ${path}\n`).join('');
}

export function indexHtml(placed: readonly PlacedEvidence[], head: BodyHead): string {
  const rows = placed
    .map((piece) => {
      const { evidence, paths, controls } = piece;
      const label = evidenceLabel(evidence.number);
      const links = paths.map((path) => `<li><a href="${escapeHtml(encodePath(path))}">${escapeHtml(path)}</a></li>`).join('');
      return `<tr><td>${label}</td><td>${escapeHtml(evidence.title)}${relationsOf(piece)}<ul>${links}</ul></td><td>${evidence.size}</td><td><code>${evidence.sha256}</code></td><td>${controls.map(escapeHtml).join('<br>')}</td><td><a href="${encodePath(custodyPath(evidence))}">custody</a></td></tr>`;
    })
    .join('\n');
  return page(
    `Body of evidence: ${head.audit}`,
    head,
    `<table><thead><tr><th>Label</th><th>Evidence</th><th>Bytes</th><th>SHA-256</th><th>Controls</th><th></th></tr></thead><tbody>\n${rows}\n</tbody></table>`,
  );
}

/** What a piece has to do with others, so that nobody takes an older revision for the one that counts. */
function relationsOf({ evidence, replacedBy, replaces, madeFrom }: PlacedEvidence): string {
  const origin = evidence.derivation === 'redacted' ? 'Redacted copy of' : 'Taken out of';
  const relations = [
    replacedBy === '' ? '' : `Replaced by ${replacedBy}`,
    replaces === '' ? '' : `Replaces ${replaces}`,
    madeFrom === '' ? '' : `${origin} ${madeFrom}`,
  ];
  return relations
    .filter(Boolean)
    .map((relation) => `<br><em>${relation}</em>`)
    .join('');
}

function page(title: string, head: BodyHead, body: string): string {
  const leftOut = head.leftOut === 0 ? '' : `\n<p>Left out by choice: ${counted(head.leftOut, 'piece')}.</p>`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>
body { margin: 2rem; font: 14px/1.4 sans-serif; color: #1a1a1a; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0; }
th, td { padding: 0.3rem 0.6rem; border: 1px solid #bbb; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
ul { margin: 0; padding-left: 1rem; }
code { font-size: 12px; }
@media print { body { margin: 0; } a { color: inherit; text-decoration: none; } }
</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
<p>${escapeHtml(head.organisation)}, ${escapeHtml(head.audit)}. Handed out ${escapeHtml(head.exportedAt)} by ${escapeHtml(head.exportedBy)}. Reason: ${escapeHtml(head.reason)}.</p>
<p>Head of the vault's trail: link ${head.trail.sequence}, <code>${escapeHtml(head.trail.hash)}</code></p>${leftOut}
${body}
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
