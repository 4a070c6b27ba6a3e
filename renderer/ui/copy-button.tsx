import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '../i18n/translate.ts';
import { IconButton } from './button.tsx';
import { showError } from './toast.tsx';

/** Copies a text; the icon and the name say so for a moment. */
export function CopyButton({ text, label }: { readonly text: string; readonly label: string }) {
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
    } catch (error) {
      showError(error);
    }
  };
  return (
    <IconButton
      label={copied ? t('common.copied') : label}
      icon={copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
      size="small"
      onPress={() => void copy()}
    />
  );
}
