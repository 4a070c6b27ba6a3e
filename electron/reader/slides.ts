import { collectBlocks, type ReadDocument } from './blocks.ts';
import { UnreadableFile } from './failure.ts';
import { walkXml } from './xml.ts';
import { unpack } from './zip.ts';

const slide = /^ppt\/slides\/slide(\d{1,6})\.xml$/;
const notes = /^ppt\/notesSlides\/notesSlide(\d{1,6})\.xml$/;

/** Reads a PPTX file (ECMA-376): each slide begins with its number and title, then its paragraphs. Notes of the speaker come last. */
export function readSlides(bytes: Uint8Array): ReadDocument {
  const files = unpack(bytes, (name) => slide.test(name) || notes.test(name));
  const numbered = (pattern: RegExp) =>
    [...files]
      .flatMap(([name, part]) => {
        const number = pattern.exec(name)?.[1];
        return number === undefined ? [] : [{ number: Number(number), part }];
      })
      .sort((one, other) => one.number - other.number);
  const slides = numbered(slide);
  if (slides.length === 0) throw new UnreadableFile('unreadable');
  const collected = collectBlocks();
  for (const { number, part } of slides) {
    const { title, paragraphs } = readSlide(part);
    collected.add('heading', 1, [`${number}  ${title}`.trim()]);
    for (const { text, level } of paragraphs) collected.add('list', level + 1, [text]);
  }
  collected.begin('speaker-notes');
  for (const { part } of numbered(notes)) for (const { text } of readSlide(part).paragraphs) collected.add('paragraph', 0, [text]);
  return collected.finish();
}

function readSlide(part: Uint8Array): { title: string; paragraphs: { text: string; level: number }[] } {
  const paragraphs: { text: string; level: number }[] = [];
  let title = '';
  let text = '';
  let level = 0;
  let inText = false;
  let isTitle = false;
  walkXml(part, {
    open({ name, attribute }) {
      if (name === 'sp') isTitle = false;
      else if (name === 'ph') isTitle = /^(?:ctrT|t)itle$/.test(attribute('type') ?? '');
      else if (name === 'p') {
        text = '';
        level = 0;
      } else if (name === 'pPr') level = Number(attribute('lvl') ?? 0);
      else if (name === 't') inText = true;
      else if (name === 'br') text += '\n';
    },
    text(piece) {
      if (inText) text += piece;
    },
    close(name) {
      if (name === 't') inText = false;
      else if (name === 'p' && text !== '') {
        if (isTitle) title = `${title} ${text}`.trim();
        else paragraphs.push({ text, level });
        text = '';
      }
    },
  });
  return { title, paragraphs };
}
