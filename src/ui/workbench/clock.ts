/** Virtual time as people read it. */
import type { Micros } from '../../core/index.ts';

/** `00:00:02.418`. */
export function clockText(at: Micros): string {
  const ms = Math.floor(at / 1000);
  const two = (value: number): string => value.toString().padStart(2, '0');
  const seconds = Math.floor(ms / 1000);
  const rest = (ms % 1000).toString().padStart(3, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${rest}`;
}
