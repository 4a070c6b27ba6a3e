import type { Evidence } from '../../../shared/domain/evidence.ts';
import type { PreviewContent } from '../../../shared/domain/preview.ts';
import { ImagePreview } from '../image-preview.tsx';
import { TextPreview } from '../text-preview.tsx';
import { DocumentPreview } from './document-preview.tsx';
import { HexPreview } from './hex-preview.tsx';
import { MailPreview } from './mail-preview.tsx';
import { MediaPreview } from './media-preview.tsx';
import { PdfPreview } from './pdf-preview.tsx';
import { TablePreview } from './table-preview.tsx';

export interface ContentProps {
  readonly evidence: Evidence;
  readonly content: PreviewContent;
  /** In the large window the keys work although a dialog is open. */
  readonly large: boolean;
  readonly onTakeAttachment?: (index: number) => void;
}

/** Draws a content in the way of its kind. */
export function Content({ evidence, content, large, onTakeAttachment }: ContentProps) {
  const { title } = evidence;
  switch (content.kind) {
    case 'image':
      return <ImagePreview bytes={content.bytes} mediaType={content.mediaType} title={title} />;
    case 'pdf':
      return <PdfPreview evidenceId={evidence.id} bytes={content.bytes} large={large} />;
    case 'audio':
    case 'video':
      return <MediaPreview kind={content.kind} bytes={content.bytes} mediaType={content.mediaType} title={title} />;
    case 'text':
      return (
        <TextPreview evidenceId={evidence.id} text={content.text} title={title} language={content.language} encoding={content.encoding} />
      );
    case 'table':
      return <TablePreview evidenceId={evidence.id} title={title} sheets={content.sheets} />;
    case 'document':
      return <DocumentPreview evidenceId={evidence.id} title={title} blocks={content.blocks} />;
    case 'mail':
      return (
        <MailPreview
          evidenceId={evidence.id}
          title={title}
          mail={content.mail}
          {...(onTakeAttachment === undefined ? {} : { onTakeAttachment })}
        />
      );
    case 'hex':
      return <HexPreview bytes={content.bytes} title={title} size={evidence.size} />;
  }
}
