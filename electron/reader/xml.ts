import { SaxesParser } from 'saxes';
import { UnreadableFile } from './failure.ts';

/** Deeper nesting than this is made to break readers, not to be read. */
const deepest = 500;

export interface XmlElement {
  /** Without its prefix: office files choose prefixes as they like. */
  readonly name: string;
  /** The value of an attribute by its name without prefix. */
  readonly attribute: (name: string) => string | undefined;
}

export interface XmlListener {
  readonly open?: (element: XmlElement) => void;
  readonly close?: (name: string) => void;
  readonly text?: (text: string) => void;
}

/** Walks an XML part. A document type declaration, and with it every entity of its own, makes it unreadable. */
export function walkXml(bytes: Uint8Array, listener: XmlListener): void {
  const parser = new SaxesParser({ xmlns: false, position: false });
  let depth = 0;
  parser.on('error', () => {
    throw new UnreadableFile('unreadable');
  });
  parser.on('doctype', () => {
    throw new UnreadableFile('unreadable');
  });
  parser.on('opentag', ({ name, attributes }) => {
    depth += 1;
    if (depth > deepest) throw new UnreadableFile('bomb');
    listener.open?.({
      name: local(name),
      attribute: (wanted) => Object.entries(attributes).find(([key]) => local(key) === wanted)?.[1],
    });
  });
  parser.on('closetag', ({ name }) => {
    depth -= 1;
    listener.close?.(local(name));
  });
  parser.on('text', (text) => listener.text?.(text));
  parser.on('cdata', (text) => listener.text?.(text));
  const decoder = new TextDecoder('utf-8');
  const step = 1024 * 1024;
  for (let start = 0; start < bytes.length; start += step)
    parser.write(decoder.decode(bytes.subarray(start, start + step), { stream: true }));
  parser.write(decoder.decode()).close();
}

function local(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
