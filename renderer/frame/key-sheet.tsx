import './key-sheet.css';
import { allCommands, keysOf, registered } from '../commands.ts';
import { t } from '../i18n/translate.ts';
import { useStore } from '../store.ts';
import { Dialog, Kbd } from '../ui/index.ts';
import { shownKeys } from '../ui/platform.ts';

/** Every key that works now, by group. */
export function KeySheet({ isOpen, onClose }: { readonly isOpen: boolean; readonly onClose: () => void }) {
  useStore(registered);
  const commands = allCommands().filter((command) => keysOf(command).length > 0);
  const groupOf = (group: string | undefined) => group ?? t('frame.group.screen');
  const groups = [...new Set(commands.map((command) => groupOf(command.group)))].sort(
    (left, right) => Number(right === t('frame.group.screen')) - Number(left === t('frame.group.screen')),
  );
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('frame.keys')} size="large" dismissable>
      <div className="key-sheet">
        {groups.map((group) => (
          <section key={group} className="key-sheet__group">
            <h3 className="overline">{group}</h3>
            <dl>
              {commands
                .filter((command) => groupOf(command.group) === group)
                .map((command) => (
                  <div key={command.id} className="key-sheet__row">
                    <dt>{command.title}</dt>
                    <dd>
                      {keysOf(command).map((keys) => (
                        <span key={keys}>
                          <Kbd keys={keys} />
                          <span className="visually-hidden">{shownKeys(keys).join(' ')}</span>
                        </span>
                      ))}
                    </dd>
                  </div>
                ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
