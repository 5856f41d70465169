/** The programs that a terminal can start beside the shell's own commands: one line each. */
import type { Program } from '../program.ts';
import { date, sleep } from './clock.ts';
import { dig } from './dig.ts';
import { hostname, ip, netstat, ss, whoami } from './host-info.ts';
import { mail } from './mail.ts';
import { mailq, postqueue } from './mailq.ts';
import { nc } from './nc.ts';
import { hostProgram, nslookup } from './nslookup.ts';
import { telnet } from './telnet.ts';

export const PROGRAMS: readonly Program[] = [
  telnet,
  nc,
  dig,
  nslookup,
  hostProgram,
  mail,
  mailq,
  postqueue,
  ss,
  netstat,
  ip,
  hostname,
  whoami,
  date,
  sleep,
];
