import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import type { EvidenceDetail } from '../../shared/ipc/evidence.ts';
import { formatBytes, formatMoment } from '../i18n/format.ts';
import { hasMessage, t } from '../i18n/translate.ts';
import { CopyButton } from '../ui/copy-button.tsx';
import { Button, DefinitionList, ErrorNotice, Notice, ProgressPanel } from '../ui/index.ts';
import { useLongTask } from '../use-long-task.ts';

interface Verified {
  readonly ok: boolean;
  readonly sha256: string;
  readonly at: string;
}

/** What cannot be changed: name, size, receipt, and the SHA-256 with a way to prove it again. */
export function Facts({ detail: { evidence, receivedByName } }: { readonly detail: EvidenceDetail }) {
  const verification = useLongTask();
  const [verified, setVerified] = useState<Verified | null>(null);
  const verify = async () => {
    setVerified(null);
    setVerified(await verification.run('evidence.verify', { evidenceId: evidence.id }));
  };
  return (
    <div className="facts">
      <DefinitionList
        entries={[
          { name: t('evidence.fact.name'), value: evidence.originalName },
          ...(evidence.relativePath === '' ? [] : [{ name: t('ways.path'), value: evidence.relativePath }]),
          { name: t('evidence.fact.type'), value: evidence.mediaType },
          { name: t('evidence.fact.size'), value: formatBytes(evidence.size) },
          {
            name: t('evidence.fact.received'),
            value: t('evidence.fact.receivedBy', { moment: formatMoment(evidence.receivedAt), name: receivedByName }),
          },
        ]}
      />
      {evidence.facts.length === 0 ? null : (
        <div>
          <p className="muted">{t('ways.says')}</p>
          <DefinitionList entries={evidence.facts.map(({ name, value }) => ({ name: factName(name), value }))} />
        </div>
      )}
      <div className="facts__hash">
        <div className="facts__digits">
          <p className="muted">{t('evidence.fact.hash')}</p>
          <p className="mono">{evidence.sha256}</p>
        </div>
        <CopyButton text={evidence.sha256} label={t('evidence.hash.copy')} />
      </div>
      {verification.running ? (
        <ProgressPanel label={t('evidence.hash.verifying')} progress={verification.progress} onCancel={verification.cancel} />
      ) : (
        <div>
          <Button size="small" icon={<ShieldCheck aria-hidden="true" />} onPress={() => void verify()}>
            {t('evidence.hash.verify')}
          </Button>
        </div>
      )}
      <div aria-live="polite">{verified === null ? null : <Verdict verified={verified} />}</div>
      {verification.error === null ? null : <ErrorNotice error={verification.error} onRetry={() => void verify()} />}
    </div>
  );
}

function Verdict({ verified: { ok, sha256, at } }: { readonly verified: Verified }) {
  return ok ? (
    <Notice tone="success" title={t('evidence.hash.ok')}>
      {t('evidence.hash.ok.at', { moment: formatMoment(at) })}
    </Notice>
  ) : (
    <Notice tone="error" title={t('evidence.hash.bad')}>
      {t('evidence.hash.bad.hint', { sha256 })}
    </Notice>
  );
}

function factName(name: string): string {
  const key = `ways.fact.${name}`;
  return hasMessage(key) ? t(key) : name;
}
