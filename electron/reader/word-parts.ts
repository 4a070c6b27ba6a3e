/** The part with the words of a DOCX file. Some services that write such files call it `document2.xml`. */
export function isWordBody(name: string): boolean {
  return /^word\/document\d*\.xml$/.test(name);
}

/** What tracked words stand between. Blanks keep the marks from being taken for a part of a number. */
export const trackingMarks = { inserted: ['[+ ', ' +]'], deleted: ['[- ', ' -]'] } as const;
