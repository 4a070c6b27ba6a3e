import { Paperclip } from 'lucide-react';
import { useMemo } from 'react';
import type { EvidenceId } from '../../../shared/domain/ids.ts';
import type { MailContent } from '../../../shared/domain/preview.ts';
import { formatBytes } from '../../i18n/format.ts';
import { t } from '../../i18n/translate.ts';
import { Button } from '../../ui/index.ts';
import { paragraphs } from './document-parts.ts';
import { ReadingPage } from './reading-page.tsx';

export interface MailPreviewProps {
  readonly evidenceId: EvidenceId;
  readonly title: string;
  readonly mail: MailContent;
  /** Attaches an attachment, told by its index, as evidence of its own. Not offered when absent. */
  readonly onTakeAttachment?: (index: number) => void;
}

/** An e-mail: who wrote to whom and when, what was attached, what was written. */
export function MailPreview({ evidenceId, title, mail, onTakeAttachment }: MailPreviewProps) {
  const others = mail.headers.filter((header) => !isLetterHead(header));
  const pieces = useMemo(() => paragraphs(mail.text), [mail.text]);
  return (
    <ReadingPage evidenceId={evidenceId} label={t('preview.mail.of', { title })}>
      <Headers headers={mail.headers.filter(isLetterHead)} />
      {others.length === 0 ? null : (
        <details className="mail__more">
          <summary>{t('preview.mail.more', { count: others.length })}</summary>
          <Headers headers={others} />
        </details>
      )}
      {mail.attachments.length === 0 ? null : (
        <div className="mail__attachments">
          <h3 className="overline">{t('preview.mail.attachments', { count: mail.attachments.length })}</h3>
          <ul>
            {mail.attachments.map(({ index, name, mediaType, size }) => {
              const shown = name === '' ? t('preview.mail.unnamed') : name;
              return (
                <li key={index} className="mail__attachment">
                  <Paperclip aria-hidden="true" />
                  <span className="mail__name">
                    {shown}
                    <span className="muted numeric">
                      {mediaType} · {formatBytes(size)}
                    </span>
                  </span>
                  {onTakeAttachment === undefined ? null : (
                    <Button size="small" aria-label={t('preview.mail.takeOne', { name: shown })} onPress={() => onTakeAttachment(index)}>
                      {t('preview.mail.take')}
                    </Button>
                  )}
                </li>
              );
            })}
          </ul>
        </div>
      )}
      {pieces.length === 0 ? <p className="muted">{t('preview.mail.empty')}</p> : null}
      {pieces.map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: pieces of a text have no other name
        <p key={index} className="preview__paragraph">
          {piece}
        </p>
      ))}
    </ReadingPage>
  );
}

type Header = MailContent['headers'][number];

/** What stands at the head of a letter; the rest is for those who ask how it came. */
function isLetterHead({ name }: Header): boolean {
  return /^(?:from|to|cc|bcc|reply-to|date|subject)$/i.test(name);
}

function Headers({ headers }: { readonly headers: readonly Header[] }) {
  return (
    <dl className="mail__headers">
      {headers.map(({ name, value }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a header may come more than once
        <div key={index} className="mail__header">
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
