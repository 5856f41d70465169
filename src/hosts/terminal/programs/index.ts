/** The programs that a terminal can start beside the shell's own commands: one line each. */
import type { Program } from '../program.ts';
import { nc } from './nc.ts';
import { telnet } from './telnet.ts';

export const PROGRAMS: readonly Program[] = [telnet, nc];
