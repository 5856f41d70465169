/** Whatever goes wrong in drawing: a page that says so, never a blank one. */

import i18next from 'i18next';
import { Component, type ReactNode } from 'react';

interface State {
  readonly message: string | undefined;
}

export class ErrorBoundary extends Component<{ readonly children: ReactNode }, State> {
  override state: State = { message: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { message } = this.state;
    if (message === undefined) return this.props.children;
    return (
      <main className="problems" role="alert">
        <h1>{i18next.t('ui.crashed.title')}</h1>
        <p>{i18next.t('ui.crashed.text')}</p>
        <p>
          <code>{message}</code>
        </p>
        <p>
          <a href="#/">{i18next.t('ui.home')}</a>
        </p>
      </main>
    );
  }
}
