import { Plus } from 'lucide-react';
import { t } from '../i18n/translate.ts';
import { Button } from '../ui/button.tsx';
import type { RecordKind } from './kind.ts';

export function NewButton({ kind, onPress }: { readonly kind: RecordKind; readonly onPress: () => void }) {
  return (
    <Button variant="primary" icon={<Plus aria-hidden="true" />} shortcut="n" onPress={onPress}>
      {t(`${kind}.new`)}
    </Button>
  );
}
