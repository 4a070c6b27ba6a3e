import './verify.css';
import { FileUp, ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { DropZone } from 'react-aria-components';
import { isCancelled } from '../app-error.ts';
import { call, shell } from '../bridge.ts';
import { useCommands } from '../commands.ts';
import { formatBytes } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import type { OpenScreenProps } from '../screens.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { Page, PageHeader } from '../ui/page.tsx';
import { ProgressPanel } from '../ui/progress-panel.tsx';
import { showError, showToast } from '../ui/toast.tsx';
import type { Checked } from './verdict.ts';
import { VerifyResult } from './verify-result.tsx';

/** Dropped bytes travel through the window's memory, so they end here. */
const largestDrop = 256 * 1024 * 1024;

interface Refusal {
  readonly title: string;
  readonly text: string;
}

/** Says whether a PDF is a genuine report. Works without a vault; nothing is stored. */
export function VerifyScreen(_props: OpenScreenProps) {
  const [checked, setChecked] = useState<Checked | null>(null);
  const [running, setRunning] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);

  async function check(name: string, ask: () => Promise<Checked>): Promise<void> {
    setRefusal(null);
    setRunning(name);
    try {
      setChecked(await ask());
    } catch (error) {
      if (!isCancelled(error)) setChecked({ name, verification: null, error });
    } finally {
      setRunning(null);
    }
  }

  async function pick(): Promise<void> {
    const picked = await shell('pickReport');
    if (picked === null) return;
    await check(picked.name, async () => ({ ...(await call('verify.picked', { token: picked.token })), error: null }));
  }

  async function take(files: readonly File[]): Promise<void> {
    const [file] = files;
    if (file === undefined) {
      setRefusal({ title: t('verify.not-a-file'), text: t('verify.not-a-file.text') });
      return;
    }
    const name = file.name.slice(0, 400);
    if (file.size > largestDrop) {
      setRefusal({ title: t('verify.too-large', { name, limit: formatBytes(largestDrop) }), text: t('verify.too-large.text') });
      return;
    }
    if (files.length > 1) showToast({ title: t('verify.several', { name }) });
    await check(name, async () => {
      const bytes = new Uint8Array(await file.arrayBuffer());
      return { ...(await call('verify.bytes', { name, bytes })), error: null };
    });
  }

  const start = () => void pick().catch(showError);
  useCommands([{ id: 'verify.pick', title: t('verify.pick'), group: t('verify.title'), run: start }]);

  return (
    <Page header={<PageHeader title={t('verify.title')} />}>
      <div className="verify">
        <DropZone
          className={checked === null ? 'verify__drop' : 'verify__drop verify__drop--small'}
          aria-label={t('verify.drop')}
          onDrop={(event) => {
            const entries = event.items.flatMap((item) => (item.kind === 'file' ? [item] : []));
            void Promise.all(entries.map((item) => item.getFile()))
              .then(take)
              .catch(showError);
          }}
        >
          <FileUp aria-hidden="true" className="verify__drop-icon" />
          <div className="verify__drop-words">
            <p className="verify__drop-title">{t('verify.drop')}</p>
            <p className="muted">{t('verify.drop.text')}</p>
          </div>
          <Button variant={checked === null ? 'primary' : 'secondary'} onPress={start} isDisabled={running !== null}>
            {t(checked === null ? 'verify.pick' : 'verify.another')}
          </Button>
        </DropZone>
        {refusal === null ? null : (
          <Notice tone="warning" title={refusal.title}>
            {refusal.text}
          </Notice>
        )}
        {running === null ? null : <ProgressPanel label={t('verify.running', { name: running })} progress={null} />}
        {running !== null ? null : checked === null ? <WhatIsChecked /> : <VerifyResult checked={checked} />}
      </div>
    </Page>
  );
}

function WhatIsChecked() {
  const lines = [t('verify.what.signature'), t('verify.what.manifest'), t('verify.what.nothing')];
  return (
    <section className="verify__what" aria-labelledby="verify-what">
      <h2 id="verify-what" className="overline">
        {t('verify.what')}
      </h2>
      <ul>
        {lines.map((line) => (
          <li key={line} className="verify__line">
            <ShieldCheck aria-hidden="true" />
            {line}
          </li>
        ))}
      </ul>
    </section>
  );
}
