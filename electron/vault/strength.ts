import { ZxcvbnFactory } from '@zxcvbn-ts/core';
import * as common from '@zxcvbn-ts/language-common';
import * as english from '@zxcvbn-ts/language-en';
import { ExpectedError } from '../../shared/ipc/errors.ts';
import type { PassphraseStrength } from '../../shared/ipc/vault.ts';

/** Passphrases below this length or score are refused. */
const shortest = 10;
const lowestScore = 3;

let estimator: ZxcvbnFactory | null = null;

/** Estimates offline how hard a passphrase is to guess; words about the person and the vault count as known. */
export function estimateStrength(passphrase: string, userInputs: readonly string[]): PassphraseStrength {
  estimator ??= new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
  });
  // The estimate grows with the square of the length; the first part of a long passphrase says enough.
  const result = estimator.check(passphrase.slice(0, 100), [...userInputs, 'sealbook']);
  return {
    score: result.score,
    accepted: result.score >= lowestScore && [...passphrase].length >= shortest,
    warning: result.feedback.warning ?? '',
    suggestions: result.feedback.suggestions,
  };
}

/** Throws `passphrase.weak` for a passphrase that is too easy to guess. */
export function requireStrong(passphrase: string, userInputs: readonly string[]): void {
  if (!estimateStrength(passphrase, userInputs).accepted) throw new ExpectedError('passphrase.weak', 'Use four or more unrelated words.');
}
