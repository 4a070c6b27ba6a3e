import './fingerprint.css';
import { t } from '../i18n/translate.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { fingerprintGroups } from './verdict.ts';

/** A whole fingerprint in groups for comparing, with a button that copies it. */
export function Fingerprint({ fingerprint }: { readonly fingerprint: string }) {
  return (
    <span className="fingerprint">
      <span className="mono fingerprint__groups">
        {fingerprintGroups(fingerprint).map((group, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: groups never move, and two may be alike
          <span key={index} className="fingerprint__group">
            {group}
          </span>
        ))}
      </span>
      <CopyButton text={fingerprint} label={t('verify.signature.copy')} />
    </span>
  );
}
