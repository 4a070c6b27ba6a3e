import './badge.css';
import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';

export type Tone = 'neutral' | 'accent' | 'compliant' | 'partial' | 'non-compliant' | 'grey';

/** A small rounded label. Colour is never the only sign: give it words, and an icon where the tone matters. */
export function Badge({
  tone = 'neutral',
  icon,
  children,
}: {
  readonly tone?: Tone;
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <span className={classNames('badge', `badge--${tone}`)}>
      {icon}
      {children}
    </span>
  );
}
