/** The part with the words of a DOCX file. Some services that write such files call it `document2.xml`. */
export function isWordBody(name: string): boolean {
  return /^word\/document\d*\.xml$/.test(name);
}
