import { stringify } from 'csv-stringify/sync';
import type { CustodyEvent } from '../../../shared/domain/evidence.ts';
import { evidenceLabel } from '../../../shared/domain/evidence.ts';
import type { PlacedEvidence } from './layout.ts';

/** The papers of a body of evidence: its index for people and for programs, checksums, a custody form for each piece. */

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
] as const;

/** What stands at the head of every paper. */
export interface BodyHead {
  readonly organisation: string;
  readonly audit: string;
  readonly exportedAt: string;
  readonly exportedBy: string;
  readonly reason: string;
  readonly trailHead: string;
}

/** RFC 4180, UTF-8 with a mark. Cells that a spreadsheet would take for a formula are written as text. */
export function indexCsv(placed: readonly PlacedEvidence[]): string {
  const rows = placed.map(({ evidence, paths, controls }) => [
    evidenceLabel(evidence.number),
    evidence.title,
    paths[0] ?? '',
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
  ]);
  return stringify([[...indexColumns], ...rows], { bom: true, record_delimiter: 'windows', escape_formulas: true });
}

/** As `sha256sum -c` reads it, for every path. */
export function checksums(entries: readonly { readonly sha256: string; readonly path: string }[]): string {
  return entries.map(({ sha256, path }) => `${sha256}  ${path}\n`).join('');
}

export function indexHtml(placed: readonly PlacedEvidence[], head: BodyHead): string {
  const rows = placed
    .map(({ evidence, paths, controls }) => {
      const label = evidenceLabel(evidence.number);
      const links = paths.map((path) => `<li><a href="${escapeHtml(encodePath(path))}">${escapeHtml(path)}</a></li>`).join('');
      return `<tr><td>${label}</td><td>${escapeHtml(evidence.title)}<ul>${links}</ul></td><td>${evidence.size}</td><td><code>${evidence.sha256}</code></td><td>${controls.map(escapeHtml).join('<br>')}</td><td><a href="custody/${label}.html">custody</a></td></tr>`;
    })
    .join('\n');
  return page(
    `Body of evidence: ${head.audit}`,
    head,
    `<table><thead><tr><th>Label</th><th>Evidence</th><th>Bytes</th><th>SHA-256</th><th>Controls</th><th></th></tr></thead><tbody>\n${rows}\n</tbody></table>`,
  );
}

/** The custody form of one piece, to be printed and signed. */
export function custodyHtml({ evidence, controls }: PlacedEvidence, custody: readonly CustodyEvent[], head: BodyHead): string {
  const facts: readonly (readonly [string, string])[] = [
    ['Title', evidence.title],
    ['Original name', evidence.originalName],
    ['Bytes', String(evidence.size)],
    ['SHA-256', evidence.sha256],
    ['Collected by', evidence.collector],
    ['Source', evidence.source],
    ['Method', evidence.method],
    ['Received at', evidence.receivedAt],
    ['Sensitivity', evidence.sensitivity],
    ['Keep until', evidence.retainUntil],
    ['Tags', evidence.tags.join(', ')],
    ['Controls', controls.join(', ')],
    ['Description', evidence.description],
  ];
  const list = facts.map(([name, value]) => `<tr><th>${name}</th><td>${escapeHtml(value)}</td></tr>`).join('\n');
  const events = custody
    .map(
      (event) =>
        `<tr><td>${escapeHtml(event.at)}</td><td>${escapeHtml(event.action)}</td><td>${escapeHtml(event.person)}</td><td>${escapeHtml(event.detail)}</td></tr>`,
    )
    .join('\n');
  const blank = '<tr><td>&nbsp;</td><td></td><td></td><td></td></tr>'.repeat(4);
  return page(
    `Chain of custody: ${evidenceLabel(evidence.number)}`,
    head,
    `<table>${list}</table>
<h2>What happened to it in the vault</h2>
<table><thead><tr><th>When (UTC)</th><th>What</th><th>Who</th><th>Detail</th></tr></thead><tbody>${events}</tbody></table>
<h2>Handed on</h2>
<table><thead><tr><th>When</th><th>Released by</th><th>Received by</th><th>Purpose</th></tr></thead><tbody>${blank}</tbody></table>`,
  );
}

function page(title: string, head: BodyHead, body: string): string {
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
<p>Head of the vault's trail: <code>${escapeHtml(head.trailHead)}</code></p>
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
