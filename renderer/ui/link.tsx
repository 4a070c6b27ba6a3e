import './table.css';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { classNames } from './class-names.ts';

/** Text that goes somewhere inside the window. */
export function Link(props: {
  readonly onPress: () => void;
  readonly label?: string;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <Button
      className={classNames('link', props.className)}
      onPress={props.onPress}
      {...(props.label === undefined ? {} : { 'aria-label': props.label })}
    >
      {props.children}
    </Button>
  );
}
