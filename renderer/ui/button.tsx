import './button.css';
import type { ReactNode } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import { classNames } from './class-names.ts';
import { Kbd } from './kbd.tsx';
import { Tooltip } from './tooltip.tsx';

export type ButtonVariant = 'primary' | 'secondary' | 'quiet' | 'danger';

export interface ButtonProps extends Omit<AriaButtonProps, 'className' | 'style' | 'children'> {
  readonly variant?: ButtonVariant;
  readonly size?: 'medium' | 'small';
  /** Drawn before the words. */
  readonly icon?: ReactNode;
  /** The keys of the same command, shown after the words. */
  readonly shortcut?: string;
  readonly className?: string;
  readonly children?: ReactNode;
}

/**
 * A pending button keeps the focus but does nothing. (The component's own `isPending` announces through a live region
 * that leaves unnamed images behind.)
 */
export function Button(props: ButtonProps) {
  const { variant = 'secondary', size = 'medium', icon, shortcut, className, children, isPending = false, onPress, type, ...rest } = props;
  const active = isPending
    ? { type: 'button' as const, 'aria-disabled': true, 'data-pending': true }
    : { ...(onPress === undefined ? {} : { onPress }), ...(type === undefined ? {} : { type }) };
  return (
    <AriaButton
      {...rest}
      {...active}
      className={classNames('button', `button--${variant}`, size === 'small' && 'button--small', className)}
    >
      {icon}
      {children === undefined ? null : <span className="button__text">{children}</span>}
      {shortcut === undefined ? null : <Kbd keys={shortcut} />}
    </AriaButton>
  );
}

export interface IconButtonProps extends Omit<ButtonProps, 'icon' | 'children' | 'aria-label'> {
  /** The accessible name, also shown as tooltip. */
  readonly label: string;
  readonly icon: ReactNode;
}

/** A button that is only an icon; its name is read out and shown on hover. */
export function IconButton({ label, icon, variant = 'quiet', size = 'medium', shortcut, className, ...rest }: IconButtonProps) {
  return (
    <Tooltip text={label} {...(shortcut === undefined ? {} : { shortcut })}>
      <AriaButton
        {...rest}
        aria-label={label}
        className={classNames('button', 'button--icon', `button--${variant}`, size === 'small' && 'button--small', className)}
      >
        {icon}
      </AriaButton>
    </Tooltip>
  );
}
