import './verify-result.css';
import { CircleCheck, CircleX, FileQuestionMark, FileX2, ShieldQuestionMark } from 'lucide-react';
import type { ReactNode } from 'react';
import type { VerificationProblem, VerifiedSignature } from '../../shared/domain/verification.ts';
import { errorLine } from '../app-error.ts';
import { formatDate, formatTime } from '../i18n/format.ts';
import { hasMessage, t } from '../i18n/translate.ts';
import { Badge } from '../ui/badge.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { DefinitionList } from '../ui/definition-list.tsx';
import { Section } from '../ui/page.tsx';
import { Fingerprint } from './fingerprint.tsx';
import { type Checked, outcomeOf, splitProblems, type VerifyOutcome } from './verdict.ts';

const icons = { genuine: CircleCheck, 'not-genuine': CircleX, 'no-signature': FileQuestionMark, unreadable: FileX2 } as const;

/** What verifying found: the verdict large, then everything it rests on. */
export function VerifyResult({ checked }: { readonly checked: Checked }) {
  const outcome = outcomeOf(checked);
  const { verification } = checked;
  const { faults, notes } = splitProblems(verification?.problems ?? []);
  const Icon = icons[outcome];
  const signer = verification?.signatures.find(({ valid }) => valid)?.signer ?? '';
  return (
    <div className="verify-result">
      <div className={`verify-result__verdict verify-result__verdict--${outcome}`} role="status">
        <Icon aria-hidden="true" className="verify-result__icon" />
        <div>
          <p className="verify-result__file">{checked.name}</p>
          <h2 className="verify-result__word">{t(`verify.${outcome}`)}</h2>
          <p className="text-column">{explain(outcome, checked, signer)}</p>
          {outcome === 'genuine' && notes.some(({ code }) => code === 'draft') ? (
            <p className="text-column verify-result__draft">{t('verify.genuine.draft')}</p>
          ) : null}
        </div>
      </div>
      {faults.length === 0 ? null : (
        <Section title={t('verify.problems')}>
          <Problems problems={faults} />
        </Section>
      )}
      {verification === null || verification.signatures.length === 0 ? null : (
        <>
          <Section title={t('verify.signatures')}>
            {verification.signatures.map((signature) => (
              <Signature key={`${signature.fingerprint} ${signature.signedAt} ${signature.covers}`} signature={signature} />
            ))}
          </Section>
          {signer === '' ? null : (
            <div className="verify-result__signer">
              <ShieldQuestionMark aria-hidden="true" />
              <div>
                <h3>{t('verify.signer', { signer })}</h3>
                <p className="text-column">{t('verify.signer.text')}</p>
              </div>
            </div>
          )}
          <Section title={t('verify.manifest')}>
            <DefinitionList
              entries={[
                { name: t('verify.manifest.present'), value: yesOrNo(verification.manifest.present) },
                { name: t('verify.manifest.matches'), value: yesOrNo(verification.manifest.matches) },
                { name: t('verify.manifest.trail'), value: trailHead(verification.manifest.trailHead) },
              ]}
            />
          </Section>
        </>
      )}
    </div>
  );
}

function explain(outcome: VerifyOutcome, { error }: Checked, signer: string): string {
  if (outcome === 'unreadable') return errorLine(error);
  return t(`verify.${outcome}.text`, { signer });
}

function Signature({ signature }: { readonly signature: VerifiedSignature }) {
  const { signer, fingerprint, signedAt, level, valid, covers, reason } = signature;
  const time = `${formatDate(signedAt)} ${formatTime(signedAt, true)}`;
  return (
    <div className="verify-result__signature">
      <p className="verify-result__signer-name">
        {signer}
        <Badge
          tone={valid ? 'compliant' : 'non-compliant'}
          icon={valid ? <CircleCheck aria-hidden="true" /> : <CircleX aria-hidden="true" />}
        >
          {t(valid ? 'verify.signature.valid' : 'verify.signature.invalid')}
        </Badge>
      </p>
      <DefinitionList
        entries={[
          { name: t('verify.signature.reason'), value: reason },
          { name: t('verify.signature.fingerprint'), value: <Fingerprint fingerprint={fingerprint} /> },
          {
            name: t('verify.signature.signed-at'),
            value: signedAt === '' ? t('verify.signature.signed-at.none') : t('verify.signature.claimed', { time }),
          },
          { name: t('verify.signature.covers'), value: covers === 'whole document' ? t('verify.covers.whole') : covers },
          { name: t('verify.signature.level'), value: level === '' ? '' : t('verify.signature.level.value', { level }) },
        ]}
      />
    </div>
  );
}

function Problems({ problems }: { readonly problems: readonly VerificationProblem[] }) {
  return (
    <table className="table">
      <thead>
        <tr>
          <th scope="col">{t('verify.problem.message')}</th>
          <th scope="col">{t('verify.problem.where')}</th>
          <th scope="col">{t('verify.problem.code')}</th>
        </tr>
      </thead>
      <tbody>
        {problems.map((problem) => (
          <tr key={`${problem.code} ${problem.where}`}>
            <td>{problemWords(problem)}</td>
            <td className="mono">{problem.where}</td>
            <td className="mono muted">{problem.code}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function problemWords({ code, message }: VerificationProblem): string {
  const key = `verify.problem.${code}`;
  return hasMessage(key) ? t(key) : message;
}

function yesOrNo(yes: boolean): ReactNode {
  return (
    <span className={`verify-result__answer verify-result__answer--${yes ? 'yes' : 'no'}`}>
      {yes ? <CircleCheck aria-hidden="true" /> : <CircleX aria-hidden="true" />}
      {t(yes ? 'verify.manifest.yes' : 'verify.manifest.no')}
    </span>
  );
}

function trailHead(hash: string): ReactNode {
  if (hash === '') return null;
  return (
    <span className="fingerprint">
      <span className="mono">{hash}</span>
      <CopyButton text={hash} label={t('verify.manifest.copy')} />
    </span>
  );
}
