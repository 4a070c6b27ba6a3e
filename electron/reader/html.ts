import { Parser } from 'htmlparser2';

const silent = new Set(['script', 'style', 'head', 'title', 'noscript', 'template']);
const blocks = new Set(
  'address article aside blockquote br dd div dl dt footer form h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section table tr ul'.split(
    ' ',
  ),
);

/** Deeper nesting than this is made to break readers; the words before it are kept. */
const deepest = 10_000;
const step = 64 * 1024;

/** The words of an HTML part, a line for each block. Nothing of the markup is kept; the parser loads and runs nothing. */
export function htmlToText(html: string): string {
  const parts: string[] = [];
  let hidden = 0;
  let depth = 0;
  const parser = new Parser({
    onopentagname(name) {
      depth += 1;
      if (silent.has(name)) hidden += 1;
      if (blocks.has(name)) parts.push('\n');
      if (name === 'td' || name === 'th') parts.push('\t');
    },
    ontext(text) {
      if (hidden === 0) parts.push(text.replace(/\s+/g, ' '));
    },
    onclosetag(name) {
      depth -= 1;
      if (silent.has(name)) hidden -= 1;
      if (blocks.has(name)) parts.push('\n');
    },
  });
  for (let start = 0; start < html.length && depth <= deepest; start += step) parser.write(html.slice(start, start + step));
  parser.end();
  // Line by line: an expression that looks for blanks at the ends of lines goes through a long row of them again and again.
  return parts
    .join('')
    .split('\n')
    .map((line) => line.trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}
