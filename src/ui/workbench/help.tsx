/** What the keys do. */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

const KEYS = ['space', 'arrows', 'home', 'terminal', 'help'] as const;

export function HelpButton() {
  const { t } = useTranslation();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const inText = event.target instanceof HTMLElement && event.target.closest('input, textarea, .xterm') !== null;
      if (event.key === '?' && !inText) dialog.current?.showModal();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, []);
  return (
    <>
      <button type="button" className="chip" aria-label={t('ui.help')} onClick={() => dialog.current?.showModal()}>
        ?
      </button>
      <dialog ref={dialog} aria-labelledby="help-title">
        <h2 id="help-title">{t('ui.help')}</h2>
        <dl>
          {KEYS.map((key) => (
            <div key={key} style={{ display: 'contents' }}>
              <dt>
                <kbd>{t(`ui.key.${key}`)}</kbd>
              </dt>
              <dd>{t(`ui.key.${key}.does`)}</dd>
            </div>
          ))}
        </dl>
        <button type="button" className="primary" onClick={() => dialog.current?.close()}>
          {t('ui.close')}
        </button>
      </dialog>
    </>
  );
}
