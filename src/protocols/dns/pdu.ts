/** A message as people talk about it: one line for ladders, frame labels and transcripts (core/pdu.ts). */
import type { Pdu } from '../../core/index.ts';
import { type Message, RCODE, rcodeName, typeName } from './messages.ts';
import { rdataBrief, recordTypeName } from './presentation.ts';

/** Longest text after the verb: a ladder's row. */
const ARGS_LIMIT = 160;

export function toPdu(message: Message): Pdu {
  const question = message.questions[0];
  const type = question === undefined ? '' : typeName(question.type);
  const name = question?.name ?? '';
  const tag = `${message.id}`;
  if (!message.response) return { protocol: 'dns', kind: 'query', verb: `${type}?`, args: name, tag };
  const base = { protocol: 'dns', kind: 'response', code: message.rcode, tag } as const;
  if (message.rcode !== RCODE.NOERROR) {
    return { ...base, verb: rcodeName(message.rcode), args: name, negative: true };
  }
  if (message.tc) return { ...base, verb: 'TC', args: `${name} ${type}` };
  if (message.answers.length > 0) {
    const answers = message.answers.map((record) =>
      recordTypeName(record) === type ? rdataBrief(record) : `${recordTypeName(record)} ${rdataBrief(record)}`,
    );
    return { ...base, verb: type, args: cut(answers.join(', ')) };
  }
  if (isReferral(message)) {
    const servers = message.authorities.map((record) => rdataBrief(record));
    return { ...base, verb: 'referral', args: cut(`${message.authorities[0]?.name ?? ''} NS ${servers.join(', ')}`) };
  }
  return { ...base, verb: 'NODATA', args: `${name} ${type}` };
}

/** RFC 2308 §2.2: "A referral is distinguished by NS records and no SOA in the authority section", without answers. */
export function isReferral(message: Message): boolean {
  return (
    message.rcode === RCODE.NOERROR &&
    message.answers.length === 0 &&
    !message.aa &&
    message.authorities.some((record) => record.type === 'NS') &&
    !message.authorities.some((record) => record.type === 'SOA')
  );
}

function cut(text: string): string {
  return text.length <= ARGS_LIMIT ? text : `${text.slice(0, ARGS_LIMIT - 1)}…`;
}
