import { extractFile } from '../../../electron/reader/extract.ts';
import { previewFile } from '../../../electron/reader/preview.ts';
import { extractAnswer, previewAnswer } from '../../../electron/vault/reader/answers.ts';
import type { ReaderFile } from '../../../shared/domain/reader.ts';

/** What the reader makes of a file, as the vault takes it. */

export const preview = async (given: ReaderFile) => previewAnswer.parse(await previewFile(given));
export const extract = async (given: ReaderFile, most = 1e6) => extractAnswer.parse(await extractFile(given, most));

/** The preview of a file that is shown as its bytes, with what stood in the way. */
export const hexWith = (...limits: string[]) => ({ content: { kind: 'hex' }, limits });
