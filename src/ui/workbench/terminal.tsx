/**
 * One terminal session in xterm.js. What it shows is the session's output up to the moment shown; going back redraws it. Tab completes
 * inside; Escape and then Tab leaves (WCAG 2.1.2).
 */
import { FitAddon } from '@xterm/addon-fit';
import { Terminal as Xterm } from '@xterm/xterm';
import '@xterm/xterm/css/xterm.css';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { usePlayer } from '../engine/use-player.ts';

const RESIZE_AFTER = 250;

function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string): string => style.getPropertyValue(name).trim();
  return {
    background: of('--term'),
    foreground: of('--term-ink'),
    cursor: of('--cmd'),
    selectionBackground: '#3b5573',
    green: '#7fd6a8',
    blue: of('--rep'),
    yellow: of('--cmd'),
    red: '#ff9a90',
  };
}

export function Terminal({ session }: { readonly session: string }) {
  const { t } = useTranslation();
  const player = usePlayer();
  const box = useRef<HTMLDivElement>(null);
  const xterm = useRef<Xterm>(undefined);
  const drawn = useRef({ version: -1, length: 0 });
  const { recording, moment, version } = player;

  useEffect(() => {
    if (box.current === null) return;
    const large = document.documentElement.dataset['size'] === 'large';
    const terminal = new Xterm({
      fontFamily: '"Atkinson Hyperlegible Mono Variable", ui-monospace, monospace',
      fontSize: large ? 19 : 15,
      lineHeight: 1.25,
      cursorBlink: false,
      screenReaderMode: true,
      scrollback: 5000,
      theme: colours(),
    });
    const fit = new FitAddon();
    terminal.loadAddon(fit);
    terminal.open(box.current);
    let leaving = false;
    terminal.attachCustomKeyEventHandler((event) => {
      if (event.type !== 'keydown') return true;
      if (event.key === 'Escape') {
        leaving = true;
        return false;
      }
      // Not handled here: the browser moves the focus, as Tab does everywhere else.
      if (event.key === 'Tab' && leaving) return false;
      if (event.key !== 'Shift') leaving = false;
      return true;
    });
    terminal.onData((data) => player.keys(session, data));
    xterm.current = terminal;
    drawn.current = { version: -1, length: 0 };
    let timer: ReturnType<typeof setTimeout> | undefined;
    let told = '80x24';
    const observer = new ResizeObserver(() => {
      fit.fit();
      clearTimeout(timer);
      timer = setTimeout(() => {
        const size = `${terminal.cols}x${terminal.rows}`;
        // The size is part of the run: it is told once it stands, and only in the present.
        if (size === told || !player.live || player.status !== 'ready') return;
        told = size;
        player.input({ type: 'resize', session, columns: terminal.cols, rows: terminal.rows });
      }, RESIZE_AFTER);
    });
    observer.observe(box.current);
    const recolour = new MutationObserver(() => {
      terminal.options.theme = colours();
      terminal.options.fontSize = document.documentElement.dataset['size'] === 'large' ? 19 : 15;
      fit.fit();
    });
    recolour.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'data-size'] });
    return () => {
      clearTimeout(timer);
      observer.disconnect();
      recolour.disconnect();
      terminal.dispose();
    };
  }, [player, session]);

  useEffect(() => {
    const terminal = xterm.current;
    const output = recording.sessions.get(session)?.output;
    if (terminal === undefined || output === undefined) return;
    const { current } = drawn;
    if (current.version !== version || current.length > moment.length) {
      terminal.reset();
      terminal.write(output.until(moment.length).join(''));
    } else if (current.length < moment.length) {
      const added = output.between(current.length, moment.length).join('');
      if (added !== '') terminal.write(added);
    }
    drawn.current = { version, length: moment.length };
  });

  const node = recording.sessions.get(session)?.node ?? session;
  return (
    <div className="term" data-session={session}>
      <h3>
        <span>{node}</span>
        <span>{t(player.live ? 'ui.terminal.leave' : 'ui.terminal.past')}</span>
      </h3>
      <div className="screen">
        <div ref={box} />
      </div>
    </div>
  );
}
