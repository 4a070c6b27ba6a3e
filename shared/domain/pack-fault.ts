/** Where something stands in the file it came from. Lines and columns count from 1; `cell` is that of a spreadsheet. */
export interface FilePlace {
  readonly line: number;
  readonly column: number;
  readonly cell?: string;
}

/** One fault in a checklist file: where it is, what was expected and what was found. */
export interface PackFault extends FilePlace {
  readonly file: string;
  /** Path inside the file, e.g. `sections[0].controls[3].title`. */
  readonly path: string;
  readonly message: string;
  readonly severity: 'error' | 'advice';
}
