/** A scenario that cannot be shown: what is wrong, where, what was expected. */
import { useTranslation } from 'react-i18next';
import { usePlayer } from '../engine/use-player.ts';

export function Problems() {
  const { t } = useTranslation();
  const player = usePlayer();
  const crashed = player.status === 'crashed';
  return (
    <main className="problems" role="alert">
      <h1>{t(crashed ? 'ui.crashed.title' : 'ui.failed.title')}</h1>
      {crashed ? (
        <>
          <p>{t('ui.crashed.text')}</p>
          <pre>{player.crash.split('\n')[0]}</pre>
          <button type="button" className="primary" onClick={() => void player.restart()}>
            {t('ui.restart')}
          </button>
        </>
      ) : (
        <table>
          <thead>
            <tr>
              <th>{t('ui.failed.where')}</th>
              <th>{t('ui.failed.expected')}</th>
              <th>{t('ui.failed.got')}</th>
            </tr>
          </thead>
          <tbody>
            {player.problems.map(({ file, line, column, path, expected, got }) => (
              <tr key={`${file} ${path} ${expected}`}>
                <td>
                  <code>
                    {file}
                    {line > 0 ? `:${line}:${column}` : ''}
                  </code>
                  <br />
                  <code>{path}</code>
                </td>
                <td>{expected}</td>
                <td>
                  <code>{got}</code>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <p>
        <a href="#/">{t('ui.home')}</a>
      </p>
    </main>
  );
}
