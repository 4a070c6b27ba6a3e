import { CircleCheck, CircleDot, Handshake } from 'lucide-react';
import type { FindingState } from '../../shared/domain/finding.ts';
import { t } from '../i18n/translate.ts';
import { Badge } from '../ui/badge.tsx';

const icons = { open: CircleDot, accepted: Handshake, closed: CircleCheck } as const;
const tones = { open: 'neutral', accepted: 'grey', closed: 'compliant' } as const;

/** The state of a finding as icon and word. */
export function StateMark({ state }: { readonly state: FindingState }) {
  const Icon = icons[state];
  return (
    <Badge tone={tones[state]} icon={<Icon aria-hidden="true" />}>
      {t(`findings.state.${state}`)}
    </Badge>
  );
}
