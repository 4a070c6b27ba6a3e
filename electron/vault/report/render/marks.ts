import type { Verdict } from '../../../../shared/domain/answer.ts';
import { verdicts } from '../../../../shared/domain/answer.ts';
import type { VerdictCounts } from '../../../../shared/domain/audit.ts';
import type { RiskLevel } from '../../../../shared/domain/risk.ts';
import type { Flow } from './flow.ts';
import type { Node } from './page.ts';
import { colours } from './theme.ts';

/** The verdict icons, drawn as vectors: a check, a half circle, a cross, a slash, an empty ring. */

export const verdictColours: Readonly<Record<Verdict, string>> = {
  compliant: colours.compliant,
  'partially-compliant': colours.partial,
  'non-compliant': colours.nonCompliant,
  'not-applicable': colours.grey,
  'not-assessed': colours.inkThird,
};

export const levelColours: Readonly<Record<RiskLevel, string>> = {
  high: colours.nonCompliant,
  medium: colours.partial,
  low: colours.compliant,
};

/** Verdicts in the order of bars and legends. */
export const barOrder: readonly Verdict[] = ['compliant', 'partially-compliant', 'non-compliant', 'not-applicable', 'not-assessed'];

/** Draws a verdict's icon, `size` points wide, with its top left corner at x, y. Decoration: the word stands beside it. */
export function verdictMark(flow: Flow, verdict: Verdict, x: number, y: number, size: number): void {
  const colour = verdictColours[verdict];
  const radius = size / 2;
  const at = (dx: number, dy: number) => `${round(dx * size)} ${round(dy * size)}`;
  const stroke = size * 0.14;
  const outline = circle(radius, radius, radius - stroke / 2);
  const shape = (path: string, paint: { fill?: string; stroke?: string; lineWidth?: number }) =>
    flow.draw({ kind: 'shape', x, y, path, ...paint, node: null });
  switch (verdict) {
    case 'compliant':
      shape(circle(radius, radius, radius), { fill: colour });
      shape(`M ${at(0.27, 0.52)} L ${at(0.44, 0.68)} L ${at(0.74, 0.34)}`, { stroke: colours.paper, lineWidth: stroke });
      break;
    case 'partially-compliant':
      shape(outline, { stroke: colour, lineWidth: stroke });
      shape(`M ${at(0.5, 0)} A ${round(radius)} ${round(radius)} 0 0 1 ${at(0.5, 1)} Z`, { fill: colour });
      break;
    case 'non-compliant':
      shape(circle(radius, radius, radius), { fill: colour });
      shape(`M ${at(0.33, 0.33)} L ${at(0.67, 0.67)} M ${at(0.67, 0.33)} L ${at(0.33, 0.67)}`, {
        stroke: colours.paper,
        lineWidth: stroke,
      });
      break;
    case 'not-applicable':
      shape(outline, { stroke: colour, lineWidth: stroke });
      shape(`M ${at(0.2, 0.8)} L ${at(0.8, 0.2)}`, { stroke: colour, lineWidth: stroke });
      break;
    case 'not-assessed':
      shape(outline, { stroke: colour, lineWidth: stroke });
  }
}

/** A small triangle for what deserves a second look. */
export function warningMark(flow: Flow, x: number, y: number, size: number): void {
  const at = (dx: number, dy: number) => `${round(dx * size)} ${round(dy * size)}`;
  flow.draw({ kind: 'shape', x, y, path: `M ${at(0.5, 0.04)} L ${at(1, 0.94)} L ${at(0, 0.94)} Z`, fill: colours.partial, node: null });
  flow.draw({
    kind: 'shape',
    x,
    y,
    path: `M ${at(0.5, 0.36)} L ${at(0.5, 0.64)} M ${at(0.5, 0.72)} L ${at(0.5, 0.82)}`,
    stroke: colours.paper,
    lineWidth: size * 0.12,
    node: null,
  });
}

/** One stacked bar of verdicts; empty when there is nothing to count. */
export function verdictBar(
  flow: Flow,
  counts: VerdictCounts,
  x: number,
  y: number,
  width: number,
  height: number,
  target: Node | null,
): void {
  const total = verdicts.reduce((sum, verdict) => sum + counts[verdict], 0);
  const gaps = 0.8;
  let start = x;
  for (const verdict of barOrder) {
    if (counts[verdict] === 0) continue;
    const part = (width * counts[verdict]) / total;
    const colour = verdict === 'not-assessed' ? colours.hairline : verdictColours[verdict];
    flow.draw({ kind: 'rectangle', x: start, y, width: Math.max(0.6, part - gaps), height, colour, node: target });
    start += part;
  }
}

function circle(x: number, y: number, radius: number): string {
  const r = round(radius);
  return `M ${round(x - radius)} ${round(y)} A ${r} ${r} 0 1 1 ${round(x + radius)} ${round(y)} A ${r} ${r} 0 1 1 ${round(x - radius)} ${round(y)} Z`;
}

function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
