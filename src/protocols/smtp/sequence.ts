/** What a 503 says: which command is missing. Text only; the order itself is in server.machine.ts. */

const MISSING: Readonly<Record<string, string>> = {
  'ready MAIL': 'Say EHLO first',
  'ready RCPT': 'Say EHLO first',
  'ready DATA': 'Say EHLO first',
  'ready AUTH': 'Say EHLO first',
  'greeted RCPT': 'Need MAIL before RCPT',
  'greeted DATA': 'Need MAIL before DATA',
  'authenticated RCPT': 'Need MAIL before RCPT',
  'authenticated DATA': 'Need MAIL before DATA',
  'authenticated AUTH': 'Already authenticated',
  'mail MAIL': 'Sender already given; RSET to start again',
  'mail DATA': 'Need RCPT before DATA: no valid recipients',
  'mail AUTH': 'AUTH is not allowed within a mail transaction',
  'rcpt MAIL': 'Sender already given; RSET to start again',
  'rcpt AUTH': 'AUTH is not allowed within a mail transaction',
};

export function sequenceText(state: string, verb: string): string {
  return MISSING[`${state} ${verb}`] ?? 'Bad sequence of commands';
}
