/** The names of the two highlights; the style sheet of the find bar paints them. */
const names = { found: 'find', current: 'find-current' } as const;

/**
 * Paints ranges of text without changing the elements they lie in. Each caller adds its own and takes them back, because the pages
 * of a document are painted by themselves. Returns the way to take them back.
 */
export function paint(found: readonly AbstractRange[], current: AbstractRange | null): () => void {
  const marks = [...found.map((range) => [names.found, range] as const), ...(current === null ? [] : [[names.current, current] as const])];
  for (const [name, range] of marks) {
    const highlight = CSS.highlights.get(name) ?? new Highlight();
    CSS.highlights.set(name, highlight);
    highlight.add(range);
  }
  return () => {
    for (const [name, range] of marks) CSS.highlights.get(name)?.delete(range);
  };
}
