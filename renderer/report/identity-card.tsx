import { ArrowRight } from 'lucide-react';
import type { Identity } from '../../shared/ipc/people.ts';
import { formatDate } from '../i18n/format.ts';
import { t } from '../i18n/translate.ts';
import type { Navigate } from '../screens.ts';
import { Button } from '../ui/button.tsx';
import { Link } from '../ui/link.tsx';
import { Notice } from '../ui/notice.tsx';
import { Fingerprint } from '../verify/fingerprint.tsx';

/** With which certificate the report will be signed, and where to change that. */
export function IdentityCard({ identity, navigate }: { readonly identity: Identity | null; readonly navigate: Navigate }) {
  if (identity === null) {
    return (
      <Notice
        tone="warning"
        title={t('report.identity.none')}
        action={
          <Button size="small" icon={<ArrowRight aria-hidden="true" />} onPress={() => navigate('settings')}>
            {t('report.identity.settings')}
          </Button>
        }
      >
        {t('report.identity.none.text')}
      </Notice>
    );
  }
  const { kind, subject, algorithm, notAfter, fingerprint } = identity;
  return (
    <div className="report__identity">
      <p className="report__signer">{commonName(subject)}</p>
      <p className="muted">
        {t(`report.identity.${kind}`, { algorithm })} · {t('report.identity.until', { day: formatDate(notAfter) })}
      </p>
      <Fingerprint fingerprint={fingerprint} />
      <Link className="link--accent" onPress={() => navigate('settings')}>
        {t('report.identity.change')}
      </Link>
    </div>
  );
}

/** `CN=Miriam Okafor, O=Audit` as `Miriam Okafor`; anything else stays as it is. */
function commonName(subject: string): string {
  return /(?:^|,\s*)CN=([^,]+)/.exec(subject)?.[1]?.trim() ?? subject;
}
