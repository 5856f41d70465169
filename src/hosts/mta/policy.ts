/**
 * Who may send what to whom through this server. Pure decisions: (configuration, client, envelope) → verdict.
 * Relay for strangers is refused (RFC 5321 §7.1 and the practice since); own domains answer for their own users (§3.4).
 */
import type { Micros } from '../../core/index.ts';
import type { ServerMode, Verdict } from '../../protocols/smtp/index.ts';
import type { MtaConfig } from './config.ts';
import { GREYLIST_DELAY } from './limits.ts';

export interface RecipientQuestion {
  readonly mode: ServerMode;
  readonly clientIp: string;
  readonly authenticated: boolean;
  readonly reversePath: string;
  /** `local@domain`, or a bare `Postmaster` (RFC 5321 §4.5.1). */
  readonly address: string;
  readonly domain: string;
  readonly now: Micros;
}

export function judgeRecipient(config: MtaConfig, question: RecipientQuestion): Verdict {
  const domain = question.domain.toLowerCase();
  if (domain === '' || config.domains.includes(domain)) return judgeOwn(config, question);
  if (question.authenticated || config.relayFrom.some((network) => inNetwork(question.clientIp, network)))
    return { ok: true };
  return { ok: false, code: 550, enhanced: '5.7.1', text: `<${question.address}>: Relay access denied` };
}

function judgeOwn(config: MtaConfig, question: RecipientQuestion): Verdict {
  const { address } = question;
  // RFC 5321 §4.5.1: "postmaster" is always accepted, with any case.
  if (/^postmaster(@|$)/i.test(address)) return { ok: true };
  switch (config.accounts.recipient(address)) {
    case 'ok':
      return { ok: true };
    case 'unknown':
      return {
        ok: false,
        code: 550,
        enhanced: '5.1.1',
        text: `<${address}>: Recipient address rejected: User unknown`,
      };
    case 'blocked':
      return {
        ok: false,
        code: 550,
        enhanced: '5.2.1',
        text: `<${address}>: Recipient address rejected: Mailbox disabled`,
      };
    case 'full':
      return { ok: false, code: 452, enhanced: '4.2.2', text: `<${address}>: Mailbox full` };
    case 'greylisted':
      return greylist(config, question);
  }
}

function greylist(config: MtaConfig, question: RecipientQuestion): Verdict {
  const key = `${question.clientIp} ${question.reversePath} ${question.address.toLowerCase()}`;
  const first = config.durable.seen.get(key);
  if (first !== undefined && question.now >= first + GREYLIST_DELAY) return { ok: true };
  if (first === undefined) config.durable.seen.set(key, question.now);
  return { ok: false, code: 451, enhanced: '4.7.1', text: `<${question.address}>: Greylisted, please try again later` };
}

/** Whether an IPv4 address lies in a CIDR block. */
export function inNetwork(ip: string, cidr: string): boolean {
  const [base = '', bits = '32'] = cidr.split('/');
  const prefix = Number(bits);
  const mask = prefix === 0 ? 0 : (0xffff_ffff << (32 - prefix)) >>> 0;
  return (toNumber(ip) & mask) >>> 0 === (toNumber(base) & mask) >>> 0;
}

function toNumber(ip: string): number {
  return ip.split('.').reduce((sum, part) => ((sum << 8) | Number(part)) >>> 0, 0);
}
