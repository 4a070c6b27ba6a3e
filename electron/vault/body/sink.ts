/** Where a body of evidence is written to: a folder or one zip file, with the same content. */
export interface BodySink {
  /**
   * Writes one file under each of its paths (relative, `/` between parts). `read` gives the content from the start each time it is
   * called; what it throws is thrown on.
   */
  readonly add: (file: BodyFile) => Promise<void>;
  /** Makes everything durable and gives it its name. Nothing is there under that name before. */
  readonly finish: () => Promise<void>;
  /** Removes what was written. */
  readonly discard: () => Promise<void>;
}

export interface BodyFile {
  readonly paths: readonly string[];
  /** Bytes. */
  readonly size: number;
  readonly mediaType: string;
  /** The content. A piece stays as it is only until the next one is asked for. */
  readonly read: () => AsyncIterable<Uint8Array>;
}

/** A file whose content is there already. */
export function wholeFile(path: string, content: string | Uint8Array, mediaType = 'text/plain'): BodyFile {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
  return {
    paths: [path],
    size: bytes.length,
    mediaType,
    read: async function* () {
      yield bytes;
    },
  };
}
