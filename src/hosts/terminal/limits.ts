/** Bounds of a terminal session, so that no input log can fill the memory of a browser tab. */

/** Characters of one edited line: Linux's canonical mode stops at 4095. */
export const MAX_LINE = 4095;
/** Lines of history: bash's HISTSIZE. */
export const MAX_HISTORY = 500;
/** Keys typed ahead while nobody reads. */
export const MAX_TYPE_AHEAD = 65_536;
/** An escape sequence longer than this is none. */
export const MAX_ESCAPE = 32;
export const MIN_COLUMNS = 20;
export const MAX_COLUMNS = 500;
export const MIN_ROWS = 5;
export const MAX_ROWS = 300;
/** Completions listed at once. */
export const MAX_COMPLETIONS = 60;
/** Output of one command kept for a pipe or a redirection, in octets. */
export const MAX_PIPED = 8 * 1024 * 1024;

/** What a script may do before it is stopped: enough for any lab, little enough not to freeze a tab. */
export const SHELL = {
  maxCommandCount: 20_000,
  maxLoopIterations: 100_000,
  maxCallDepth: 100,
  maxOutputSize: MAX_PIPED,
  /** Real time says nothing about a virtual world: a program may wait for its network as long as the viewer has paused. */
  maxExecutionTimeMs: 2_147_483_647,
} as const;
