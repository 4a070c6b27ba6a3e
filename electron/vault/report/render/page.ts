import type { TextStyle } from './theme.ts';

/** A page as plain data: what is drawn where. Coordinates are points from the top left corner. */

/** A node of the document's logical structure (ISO 32000-1, 14.8). Leaves hold content, others hold nodes. */
export interface Node {
  readonly tag: string;
  readonly children: Node[];
  readonly title?: string;
  readonly alternative?: string;
  readonly scope?: 'Column' | 'Row';
}

export type Item = (
  | {
      readonly kind: 'text';
      readonly x: number;
      readonly baseline: number;
      readonly font: string;
      readonly text: string;
      readonly style: TextStyle;
    }
  | {
      readonly kind: 'rectangle';
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly colour: string;
    }
  | {
      readonly kind: 'shape';
      /** Where the path's own coordinates begin. */
      readonly x: number;
      readonly y: number;
      /** SVG path data. */
      readonly path: string;
      readonly fill?: string;
      readonly stroke?: string;
      readonly lineWidth?: number;
    }
) & {
  /** The node this belongs to; null is decoration, marked as an artifact. */
  readonly node: Node | null;
};

export interface Page {
  readonly items: Item[];
  /** Text at the left of the footer. */
  readonly footer: string;
}

export interface Bookmark {
  readonly title: string;
  readonly page: Page;
  readonly y: number;
  readonly children: Bookmark[];
}

export function node(tag: string, parent: Node | null, options: Omit<Node, 'tag' | 'children'> = {}): Node {
  const created: Node = { tag, children: [], ...options };
  parent?.children.push(created);
  return created;
}
