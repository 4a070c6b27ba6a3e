import type { EvidenceFact } from '../../shared/domain/evidence.ts';
import type { EvidenceFactName } from '../../shared/domain/evidence-facts.ts';
import { fact } from './fact.ts';
import { walkXml } from './xml.ts';
import { unpack } from './zip.ts';

/** Elements of the core properties of Office (ECMA-376 part 2) and of OpenDocument's metadata. */
const elements: Readonly<Record<string, EvidenceFactName>> = {
  title: 'title',
  subject: 'subject',
  creator: 'author',
  'initial-creator': 'author',
  lastModifiedBy: 'last-author',
  created: 'created-at',
  'creation-date': 'created-at',
  modified: 'modified-at',
  date: 'modified-at',
  Company: 'company',
  Application: 'software',
  generator: 'software',
  Pages: 'pages',
  Slides: 'pages',
};

const parts = new Set(['docProps/core.xml', 'docProps/app.xml', 'meta.xml']);

/** What an office file says of itself. */
export function officeFacts(bytes: Uint8Array): EvidenceFact[] {
  const found = new Map<EvidenceFactName, string>();
  for (const part of unpack(bytes, (name) => parts.has(name)).values()) {
    let current: EvidenceFactName | null = null;
    let text = '';
    walkXml(part, {
      open({ name }) {
        current = Object.hasOwn(elements, name) ? (elements[name] ?? null) : null;
        text = '';
      },
      text(piece) {
        text += piece;
      },
      close() {
        if (current !== null && text !== '' && !found.has(current)) found.set(current, text);
        current = null;
      },
    });
  }
  return [...found].flatMap(([name, value]) => fact(name, value));
}
