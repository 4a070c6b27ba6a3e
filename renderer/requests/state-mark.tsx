import { CircleCheck, CircleDashed, CircleDotDashed, CircleSlash, Send } from 'lucide-react';
import type { RequestState } from '../../shared/domain/request.ts';
import { t } from '../i18n/translate.ts';
import { Badge } from '../ui/badge.tsx';

const icons = {
  draft: CircleDashed,
  asked: Send,
  'partly-received': CircleDotDashed,
  received: CircleCheck,
  withdrawn: CircleSlash,
} as const;
const tones = { draft: 'neutral', asked: 'accent', 'partly-received': 'partial', received: 'compliant', withdrawn: 'grey' } as const;

/** The state of a request as icon and word. */
export function StateMark({ state }: { readonly state: RequestState }) {
  const Icon = icons[state];
  return (
    <Badge tone={tones[state]} icon={<Icon aria-hidden="true" />}>
      {t(`requests.state.${state}`)}
    </Badge>
  );
}
