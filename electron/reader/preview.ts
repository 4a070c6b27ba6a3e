import type { PreviewLimit } from '../../shared/domain/preview.ts';
import { type ReaderFile, type ReaderPreview, readerBounds } from '../../shared/domain/reader.ts';
import { decodeText } from '../../shared/domain/text-encoding.ts';
import { readTar, readZip } from './archive.ts';
import { reasonOf, UnreadableFile } from './failure.ts';
import { identify } from './identify.ts';
import { mailContent } from './mail.ts';
import { pictureSize } from './picture.ts';
import { readContent } from './read.ts';
import { cutText, indentJson, languageOf, withoutTerminalCodes } from './text.ts';
import { isEncryptedZip } from './zip.ts';

type Shown = ReaderPreview['content'];

/** What the window is to draw of a file. A file that cannot be read as what it is shows its bytes, with the reason. */
export async function previewFile(file: ReaderFile): Promise<ReaderPreview> {
  const cut: PreviewLimit[] = file.bytes.length < file.size ? ['cut'] : [];
  try {
    const { content, limits } = await draw(file);
    return { content, limits: [...cut, ...limits] };
  } catch (error) {
    const reason = reasonOf(error);
    // Half a file is not damaged: it was cut here.
    return { content: { kind: 'hex' }, limits: cut.length > 0 && reason === 'unreadable' ? cut : [...cut, reason] };
  }
}

async function draw(file: ReaderFile): Promise<ReaderPreview> {
  const format = identify(file);
  const isCut = file.bytes.length < file.size;
  const shown = (content: Shown, more = false): ReaderPreview => ({ content, limits: more ? ['more'] : [] });
  switch (format.kind) {
    case 'image': {
      const size = pictureSize(file.bytes, format.mediaType);
      if (size.width * size.height > readerBounds.pixels) return { content: { kind: 'hex' }, limits: ['pixels'] };
      if (isCut) return shown({ kind: 'hex' });
      return shown({ kind: 'image', mediaType: format.mediaType, ...size });
    }
    case 'audio':
    case 'video':
      return shown(isCut ? { kind: 'hex' } : { kind: format.kind, mediaType: format.mediaType });
    case 'text':
      return drawText(file);
    case 'zip': {
      const { sheets, more } = readZip(file.bytes);
      return {
        content: { kind: 'table', sheets },
        limits: [...(more ? (['more'] as const) : []), ...(isEncryptedZip(file.bytes) ? (['encrypted'] as const) : [])],
      };
    }
    case 'tar': {
      const { sheets, more } = await readTar(file.bytes);
      return shown({ kind: 'table', sheets }, more);
    }
    case 'encrypted':
      throw new UnreadableFile('encrypted');
    case 'unknown':
      return shown({ kind: 'hex' });
    default:
      break;
  }
  const content = await readContent(file, format, 0).catch((error: unknown) => {
    // Whoever looks may know the password; the window asks for it.
    if (format.kind === 'pdf' && !isCut && reasonOf(error) === 'encrypted') return null;
    throw error;
  });
  if (content === null) return { content: { kind: 'pdf' }, limits: ['encrypted'] };
  switch (content.kind) {
    case 'pdf':
      return shown(isCut ? { kind: 'hex' } : { kind: 'pdf' });
    case 'table':
      return {
        content: { kind: 'table', sheets: content.table.sheets },
        limits: [...(content.table.more ? (['more'] as const) : []), ...(content.table.guessed === true ? (['guessed'] as const) : [])],
      };
    case 'document': {
      const { blocks, more, tracked } = content.document;
      return {
        content: { kind: 'document', blocks },
        limits: [...(more ? (['more'] as const) : []), ...(tracked === true ? (['tracked'] as const) : [])],
      };
    }
    case 'mail': {
      const { mail, more } = mailContent(content.mail);
      return {
        content: { kind: 'mail', mail },
        limits: [
          ...(more ? (['more'] as const) : []),
          ...(content.mail.encrypted ? (['encrypted'] as const) : []),
          ...(content.mail.broken === true ? (['unreadable'] as const) : []),
          ...(content.mail.guessed === true ? (['guessed'] as const) : []),
        ],
      };
    }
    case 'text':
      // Looked like a table, and its quotes do not fit together.
      return drawText(file, ['unreadable']);
  }
}

function drawText(file: ReaderFile, known: readonly PreviewLimit[] = []): ReaderPreview {
  const { text: whole, encoding, guessed } = decodeText(file.bytes, TextDecoder, file.bytes.length < file.size);
  const plain = withoutTerminalCodes(whole);
  const { text, cut } = cutText(plain, readerBounds.shownCharacters);
  const language = languageOf(file.name, text);
  const indented = language === 'json' ? indentJson(text) : null;
  return {
    content: { kind: 'text', text: indented ?? text, language, encoding },
    limits: [
      ...known,
      ...(cut ? (['cut'] as const) : []),
      ...(plain === whole ? [] : (['terminal'] as const)),
      ...(guessed ? (['guessed'] as const) : []),
    ],
  };
}
