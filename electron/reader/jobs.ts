import type { ReaderJob } from '../../shared/domain/reader.ts';
import { readChecklist, readRows } from './checklist/read.ts';
import { extractAttachment, extractFile, scanFile } from './extract.ts';
import { previewFile } from './preview.ts';

/** Does one job. Everything in it may be hostile; what comes out is plain data with bounded lengths. */
export function runJob(job: ReaderJob): Promise<unknown> {
  switch (job.kind) {
    case 'preview':
      return previewFile(job.file);
    case 'extract':
      return extractFile(job.file, job.mostCharacters);
    case 'scan':
      return scanFile(job.file);
    case 'attachment':
      return extractAttachment(job.file, job.index);
    case 'checklist':
      return readChecklist(job);
    case 'rows':
      return readRows(job.name, job.text);
  }
}
