import './strength-meter.css';
import { useEffect, useState } from 'react';
import type { PassphraseStrength } from '../../shared/ipc/vault.ts';
import { call } from '../bridge.ts';
import { t } from '../i18n/translate.ts';

/** Asks how hard the passphrase is to guess, a moment after the typing stops. Null while unknown or empty. */
export function useStrength(passphrase: string, userInputs: readonly string[]): PassphraseStrength | null {
  const [known, setKnown] = useState<{ of: string; strength: PassphraseStrength } | null>(null);
  const inputs = JSON.stringify(userInputs.filter((input) => input !== ''));
  useEffect(() => {
    if (passphrase === '') return undefined;
    let stopped = false;
    const timer = setTimeout(() => {
      call('vault.strength', { passphrase, userInputs: JSON.parse(inputs) as string[] }).then(
        (strength) => (stopped ? undefined : setKnown({ of: passphrase, strength })),
        // Without an estimate the vault still judges the passphrase when it is used.
        () => undefined,
      );
    }, 150);
    return () => {
      stopped = true;
      clearTimeout(timer);
    };
  }, [passphrase, inputs]);
  return known !== null && known.of === passphrase ? known.strength : null;
}

/** Five steps, a word, and what to do better. */
export function StrengthMeter({ strength }: { readonly strength: PassphraseStrength | null }) {
  const score = strength?.score ?? 0;
  return (
    <div className="strength" aria-live="polite">
      <span className={`strength__bar strength__bar--${strength === null ? 'none' : score}`} aria-hidden="true">
        {[0, 1, 2, 3, 4].map((step) => (
          <span key={step} />
        ))}
      </span>
      <p className="strength__text">
        {strength === null ? t('unlock.strength.hint') : t(`unlock.strength.${strength.score}`)}
        {strength === null || strength.accepted
          ? ''
          : `. ${[strength.warning, strength.suggestions[0]].filter(Boolean).join(' ') || t('unlock.strength.hint')}`}
      </p>
    </div>
  );
}
