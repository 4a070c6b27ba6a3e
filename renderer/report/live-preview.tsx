import { useEffect, useRef, useState } from 'react';
import type { AuditId } from '../../shared/domain/ids.ts';
import type { ReportOptions } from '../../shared/ipc/reports.ts';
import { onChanged } from '../bridge.ts';
import { t } from '../i18n/translate.ts';
import { flushPending } from '../pending.ts';
import { Button } from '../ui/button.tsx';
import { ErrorNotice, Notice } from '../ui/notice.tsx';
import { PdfPages } from '../ui/pdf-pages.tsx';
import { ProgressPanel } from '../ui/progress-panel.tsx';
import { useLongTask } from '../use-long-task.ts';

/** Changes of the audit that come closer together than this are rendered once, in milliseconds. */
const settleTime = 1200;

export interface LivePreviewProps {
  readonly auditId: AuditId;
  readonly options: ReportOptions;
}

/** The report as it stands, rendered anew when the options or the audit change. The pages stay until the new ones are there. */
export function LivePreview({ auditId, options: { paper, final, redaction } }: LivePreviewProps) {
  const task = useLongTask();
  const [bytes, setBytes] = useState<Uint8Array | null>(null);
  /** Counts the wishes for a rendering. */
  const [wished, setWished] = useState(0);
  const { run, cancel } = task;
  const newest = useRef(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each wish renders once
  useEffect(() => {
    newest.current += 1;
    const mine = newest.current;
    const render = async (): Promise<void> => {
      await flushPending();
      if (mine !== newest.current) return;
      const result = await run('reports.preview', { auditId, options: { paper, final, redaction } });
      if (result !== null && mine === newest.current) setBytes(result.bytes);
    };
    void render();
    return cancel;
  }, [run, cancel, auditId, paper, final, redaction, wished]);

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stop = onChanged(['audits', 'answers', 'evidence', 'findings', 'plan', 'people'], auditId, () => {
      clearTimeout(timer);
      timer = setTimeout(() => setWished((count) => count + 1), settleTime);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [auditId]);

  const again = () => setWished((count) => count + 1);
  const progress = task.progress === null ? null : { ...task.progress, label: '' };
  return (
    <div className="live-preview">
      {task.running && bytes === null ? (
        <div className="live-preview__state">
          <ProgressPanel label={t('report.preview.running')} progress={progress} onCancel={cancel} />
        </div>
      ) : null}
      {task.running && bytes !== null ? (
        <p className="live-preview__note" role="status">
          {t('report.preview.refreshing')}
        </p>
      ) : null}
      {task.error === null ? null : (
        <div className="live-preview__state">
          <ErrorNotice error={task.error} onRetry={again} />
        </div>
      )}
      {!task.running && task.error === null && bytes === null ? (
        <div className="live-preview__state">
          <Notice
            title={t('report.preview.stopped')}
            action={
              <Button size="small" onPress={again}>
                {t('report.preview.again')}
              </Button>
            }
          />
        </div>
      ) : null}
      {bytes === null ? null : <PdfPages bytes={bytes} />}
    </div>
  );
}
