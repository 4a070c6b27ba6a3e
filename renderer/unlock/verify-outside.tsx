import { ArrowLeft } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { t } from '../i18n/translate.ts';
import { Button, Loading } from '../ui/index.ts';

const VerifyScreen = lazy(async () => ({ default: (await import('../verify/verify.tsx')).VerifyScreen }));

/** Checking a report needs no vault. */
export function VerifyOutside({ onBack }: { readonly onBack: () => void }) {
  return (
    <main className="unlock-verify">
      <div className="unlock-verify__bar">
        <Button variant="quiet" size="small" icon={<ArrowLeft aria-hidden="true" />} onPress={onBack}>
          {t('common.back')}
        </Button>
      </div>
      <Suspense fallback={<Loading />}>
        <VerifyScreen auditId={null} target={{}} navigate={onBack} />
      </Suspense>
    </main>
  );
}
