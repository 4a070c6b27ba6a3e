import type { EvidenceFact } from '../../shared/domain/evidence.ts';
import { findIdentifiers } from '../../shared/domain/identifiers.ts';
import { type ReaderAttachment, type ReaderExtract, type ReaderFile, type ReaderScan, readerBounds } from '../../shared/domain/reader.ts';
import { readTar, readZip } from './archive.ts';
import { documentText } from './blocks.ts';
import { reasonOf, UnreadableFile } from './failure.ts';
import { type Format, identify } from './identify.ts';
import { mailFacts, mailText } from './mail.ts';
import { pictureSize } from './picture.ts';
import { type ReadContent, readContent } from './read.ts';
import { tableText } from './table.ts';
import { cutText, normalise } from './text.ts';

interface Words {
  readonly text: string | null;
  readonly cut: boolean;
  readonly facts: readonly EvidenceFact[];
}

/** The words of a file for the search, with its facts and how many likely identifiers there are. */
export async function extractFile(file: ReaderFile, mostCharacters: number): Promise<ReaderExtract> {
  const isCut = file.bytes.length < file.size;
  try {
    const { text, cut, facts } = await words(file);
    if (text === null) return { text, cut: isCut, failure: null, facts: bounded(facts), identifiers: [] };
    const { counts } = findIdentifiers(text, 0);
    const kept = cutText(text, mostCharacters);
    return { text: kept.text, cut: isCut || cut || kept.cut, failure: null, facts: bounded(facts), identifiers: counts };
  } catch (error) {
    return { text: null, cut: isCut, failure: reasonOf(error), facts: [], identifiers: [] };
  }
}

/** The likely identifiers of a file with their places in its text. */
export async function scanFile(file: ReaderFile): Promise<ReaderScan> {
  const isCut = file.bytes.length < file.size;
  try {
    const { text, cut } = await words(file);
    return text === null ? { scan: null, cut: isCut } : { scan: findIdentifiers(text), cut: isCut || cut };
  } catch {
    return { scan: null, cut: isCut };
  }
}

/** One attachment of a mail with its bytes. Throws `unreadable` where the file is no mail or has no such attachment. */
export async function extractAttachment(file: ReaderFile, index: number): Promise<ReaderAttachment> {
  const format = identify(file);
  if (format.kind !== 'mail' && format.kind !== 'outlook') throw new UnreadableFile('unreadable');
  const content = await readContent(file, format, 0);
  const attachment = content.kind === 'mail' ? content.mail.attachments[index] : undefined;
  if (attachment === undefined) throw new UnreadableFile('unreadable');
  return {
    name: cutText(normalise(attachment.name), readerBounds.nameCharacters).text,
    mediaType: cutText(attachment.mediaType, 100).text,
    bytes: attachment.bytes,
  };
}

async function words(file: ReaderFile): Promise<Words> {
  const format = identify(file);
  const most = readerBounds.scannedCharacters;
  switch (format.kind) {
    case 'image': {
      const { photoFacts } = await import('./photo.ts');
      return { text: null, cut: false, facts: photoFacts(file.bytes, sizeOrNull(file.bytes, format.mediaType)) };
    }
    case 'zip':
    case 'tar': {
      const table = format.kind === 'zip' ? readZip(file.bytes) : await readTar(file.bytes);
      return { text: table.sheets.flatMap(({ rows }) => rows.map(([name = '']) => name)).join('\n'), cut: table.more, facts: [] };
    }
    case 'audio':
    case 'video':
    case 'unknown':
      return { text: null, cut: false, facts: [] };
    default: {
      const content = await readContent(file, format, most);
      const { text, cut } = textOf(content);
      const normal = cutText(normalise(text), most);
      return { text: normal.text, cut: cut || normal.cut, facts: await factsOf(file, format, content) };
    }
  }
}

function textOf(content: ReadContent): { text: string; cut: boolean } {
  if (content.kind === 'pdf') return content;
  if (content.kind === 'table') return { text: tableText(content.table), cut: content.table.more };
  if (content.kind === 'document') return { text: documentText(content.document), cut: content.document.more };
  if (content.kind === 'mail') return { text: mailText(content.mail), cut: false };
  return { text: content.text, cut: false };
}

async function factsOf(file: ReaderFile, format: Format, content: ReadContent): Promise<readonly EvidenceFact[]> {
  if (content.kind === 'pdf') return content.facts;
  if (content.kind === 'mail') return mailFacts(content.mail);
  const zipped = file.bytes[0] === 0x50 && ['word', 'slides', 'spreadsheet', 'open-document'].includes(format.kind);
  if (!zipped) return [];
  // The words are worth having where the properties are damaged.
  return (await import('./office-facts.ts').then(({ officeFacts }) => officeFacts(file.bytes))).slice();
}

function sizeOrNull(bytes: Uint8Array, mediaType: string) {
  try {
    return pictureSize(bytes, mediaType);
  } catch {
    return null;
  }
}

function bounded(facts: readonly EvidenceFact[]): readonly EvidenceFact[] {
  return facts.slice(0, readerBounds.facts);
}
