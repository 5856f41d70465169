/** Starts the workbench. */
import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import '@fontsource-variable/atkinson-hyperlegible-mono/wght.css';
import './theme.css';
import './app.css';
import '../views/views.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { startLanguages } from './i18n.ts';
import { ErrorBoundary } from './shared/error-boundary.tsx';

const root = document.getElementById('root');
if (root !== null) {
  await startLanguages();
  createRoot(root).render(
    <StrictMode>
      <ErrorBoundary>
        <App />
      </ErrorBoundary>
    </StrictMode>,
  );
}
