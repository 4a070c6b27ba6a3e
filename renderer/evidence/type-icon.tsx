import './type-icon.css';
import { Archive, File, FileText, Film, Image, Mail, Sheet, SquareTerminal, Text } from 'lucide-react';
import { classNames } from '../ui/index.ts';
import { evidenceType } from './types.ts';

const icons = {
  image: Image,
  pdf: FileText,
  spreadsheet: Sheet,
  document: Text,
  text: SquareTerminal,
  mail: Mail,
  archive: Archive,
  media: Film,
  other: File,
} as const;

/** The sign of a file's type in its tinted square. Decoration: the type stands beside it in words. */
export function TypeIcon({ mediaType, large = false }: { readonly mediaType: string; readonly large?: boolean }) {
  const Icon = icons[evidenceType(mediaType)];
  return (
    <span className={classNames('type-icon', large && 'type-icon--large')} aria-hidden="true">
      <Icon />
    </span>
  );
}
