/** Keys of the workbench, wherever the focus is not in something that takes keys itself. */
import { useEffect } from 'react';
import type { Player } from '../engine/player.ts';

export function useShortcuts(player: Player): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      const { target } = event;
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (
        target instanceof HTMLElement &&
        target.closest(
          'input, textarea, select, button, a, summary, dialog, .xterm, [role=slider], [role=tab], [role=button], .ladder-scroll',
        ) !== null
      ) {
        return;
      }
      switch (event.key) {
        case ' ':
          if (player.playing) player.pause();
          else player.play();
          break;
        case 'ArrowLeft':
        case 'PageUp':
          player.stepBy(-1);
          break;
        case 'ArrowRight':
        case 'PageDown':
          player.stepBy(1);
          break;
        case 'Home':
          player.toStart();
          break;
        case 'End':
          player.toEnd();
          break;
        default:
          return;
      }
      event.preventDefault();
    };
    addEventListener('keydown', pressed);
    return () => removeEventListener('keydown', pressed);
  }, [player]);
}
