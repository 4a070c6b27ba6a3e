import './page.css';
import { type ReactNode, useEffect, useState } from 'react';
import { t } from '../i18n/translate.ts';
import type { Query } from '../use-query.ts';
import { classNames } from './class-names.ts';
import { ErrorNotice } from './notice.tsx';

export interface PageHeaderProps {
  /** What the screen lies under, e.g. the audit's title. */
  readonly crumb?: ReactNode;
  readonly title: ReactNode;
  readonly badges?: ReactNode;
  /** A line of plain facts after the title. */
  readonly meta?: ReactNode;
  readonly actions?: ReactNode;
}

/** The bar at the top of a screen: where we are, and what can be done here. */
export function PageHeader({ crumb, title, badges, meta, actions }: PageHeaderProps) {
  return (
    <header className="page-header">
      <div className="page-header__place">
        {crumb === undefined ? null : (
          <>
            <span className="page-header__crumb">{crumb}</span>
            <span className="page-header__slash" aria-hidden="true">
              /
            </span>
          </>
        )}
        <h1 className="page-header__title">{title}</h1>
        {badges}
        {meta === undefined ? null : <span className="page-header__meta">{meta}</span>}
      </div>
      {actions === undefined ? null : <div className="page-header__actions">{actions}</div>}
    </header>
  );
}

/** A screen: the bar above, the scrolling body below. `flush` gives the body no padding, for panes of its own. */
export function Page({
  header,
  flush = false,
  children,
}: {
  readonly header: ReactNode;
  readonly flush?: boolean;
  readonly children: ReactNode;
}) {
  return (
    <div className="page">
      {header}
      <div className={classNames('page__body', flush && 'page__body--flush')}>{children}</div>
    </div>
  );
}

/** A titled part of a screen. */
export function Section(props: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <section className={classNames('section', props.className)}>
      <div className="section__head">
        <h2 className="section__title overline">{props.title}</h2>
        {props.aside === undefined ? null : <div className="section__aside">{props.aside}</div>}
      </div>
      {props.children}
    </section>
  );
}

/** Shows what a query has: its data, its error with a way to try again, or that it is loading (after a moment). */
export function QueryView<T>({ query, children }: { readonly query: Query<T>; readonly children: (data: T) => ReactNode }) {
  if (query.data !== undefined) {
    return (
      <>
        {query.error === null ? null : <ErrorNotice error={query.error} onRetry={query.reload} />}
        {children(query.data)}
      </>
    );
  }
  if (query.error !== null) {
    return (
      <div className="page__notice">
        <ErrorNotice error={query.error} onRetry={query.reload} />
      </div>
    );
  }
  return <Loading />;
}

/** Says "Loading" only when it takes longer than a blink. */
export function Loading() {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  return (
    <p className="loading" role="status">
      {late ? t('common.loading') : ''}
    </p>
  );
}
