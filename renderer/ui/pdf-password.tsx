import { useState } from 'react';
import { t } from '../i18n/translate.ts';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';
import { TextField } from './text-field.tsx';

export interface PdfPasswordProps {
  /** The one given before did not open it. */
  readonly isWrong: boolean;
  readonly isTrying: boolean;
  readonly onPassword: (password: string) => void;
}

/** Asks for the password of a PDF. It goes to the reader of this window, is kept as long as the PDF is shown, and nowhere else. */
export function PdfPassword({ isWrong, isTrying, onPassword }: PdfPasswordProps) {
  const [password, setPassword] = useState('');
  return (
    <form
      // The field says what is wrong; the browser would only keep a second try from being sent.
      noValidate
      className="pdf__message"
      onSubmit={(event) => {
        event.preventDefault();
        if (password !== '') onPassword(password);
      }}
    >
      <Notice tone="info" title={t('preview.pdf.encrypted')}>
        {t('preview.pdf.encrypted.text')}
      </Notice>
      <TextField
        className="pdf__password"
        label={t('preview.pdf.password')}
        type="password"
        autoComplete="off"
        value={password}
        onChange={setPassword}
        {...(isWrong && !isTrying ? { error: t('preview.pdf.password.wrong') } : {})}
      />
      <div>
        <Button type="submit" variant="primary" isDisabled={password === ''} isPending={isTrying}>
          {t('preview.pdf.password.open')}
        </Button>
      </div>
    </form>
  );
}
