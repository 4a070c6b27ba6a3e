import './attach.css';
import { Button } from 'react-aria-components';
import { t } from '../i18n/translate.ts';
import { classNames } from '../ui/index.ts';

/** Says that files can be dropped here; pressed, it opens the system's dialog. The screen around it takes the drop. */
export function DropZone({ over, onPress }: { readonly over: boolean; readonly onPress: () => void }) {
  return (
    <Button className={classNames('drop-zone', over && 'drop-zone--over')} onPress={onPress}>
      <span>{t(over ? 'evidence.drop.now' : 'evidence.drop')}</span>
      <span className="drop-zone__small">{t('evidence.drop.sealed')}</span>
    </Button>
  );
}
