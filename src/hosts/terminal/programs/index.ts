/** The programs that a terminal can start beside the shell's own commands: one line each. */
import type { Program } from '../program.ts';

export const PROGRAMS: readonly Program[] = [];
