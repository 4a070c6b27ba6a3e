import { Parser } from 'htmlparser2';

const silent = new Set(['script', 'style', 'head', 'title', 'noscript', 'template']);
const blocks = new Set(
  'address article aside blockquote br dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul'.split(
    ' ',
  ),
);

/** The words of an HTML part, a line for each block. Nothing of the markup is kept; the parser loads and runs nothing. */
export function htmlToText(html: string): string {
  const parts: string[] = [];
  let hidden = 0;
  const parser = new Parser({
    onopentagname(name) {
      if (silent.has(name)) hidden += 1;
      if (blocks.has(name)) parts.push('\n');
      if (name === 'td' || name === 'th') parts.push('\t');
    },
    ontext(text) {
      if (hidden === 0) parts.push(text.replace(/\s+/g, ' '));
    },
    onclosetag(name) {
      if (silent.has(name)) hidden -= 1;
      if (blocks.has(name)) parts.push('\n');
    },
  });
  parser.write(html);
  parser.end();
  return parts
    .join('')
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
