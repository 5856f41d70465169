/** `mailq` and `postqueue`: what a mail server's queue holds, as Postfix lists it, and a push for it. */
import type { Host } from '../../host.ts';
import { findMta } from '../../mta/index.ts';
import type { Program } from '../program.ts';
import { when } from './dig.ts';

export const mailq: Program = {
  name: 'mailq',
  usage: 'mailq',
  start(context) {
    const mta = findMta(context.host);
    if (mta === undefined) {
      context.error('mailq: no mail system runs on this host\n');
      context.exit(69);
      return {};
    }
    context.write(listing(context.host));
    context.exit(0);
    return {};
  },
};

export const postqueue: Program = {
  name: 'postqueue',
  usage: 'postqueue -p | -f',
  start(context) {
    if (context.args[0] === '-p') return mailq.start(context);
    const mta = findMta(context.host);
    if (mta === undefined || context.args[0] !== '-f') {
      context.error(
        mta === undefined ? 'postqueue: no mail system runs on this host\n' : `usage: ${postqueue.usage}\n`,
      );
      context.exit(mta === undefined ? 69 : 64);
      return {};
    }
    mta.flush();
    context.exit(0);
    return {};
  },
};

function listing(host: Host): string {
  const entries = findMta(host)?.queue.list() ?? [];
  if (entries.length === 0) return 'Mail queue is empty\n';
  const rows = entries.map(({ id, message, arrived, reversePath, recipients }) => {
    const time = when(host.epoch + Math.floor(arrived / 1000), host.utcOffset).slice(0, 19);
    const head = `${id.padEnd(12)}${`${message.length}`.padStart(8)} ${time}  ${reversePath === '' ? 'MAILER-DAEMON' : reversePath}`;
    const each = recipients.map(({ address, lastReply }) => {
      const why = lastReply === undefined || lastReply === '' ? '' : `${' '.repeat(12)}(${lastReply})\n`;
      return `${why}${' '.repeat(41)}${address}`;
    });
    return `${head}\n${each.join('\n')}\n`;
  });
  const size = entries.reduce((sum, { message }) => sum + message.length, 0);
  const count = `${entries.length} Request${entries.length === 1 ? '' : 's'}`;
  return `-Queue ID-  --Size-- ----Arrival Time---- -Sender/Recipient-------\n${rows.join('\n')}\n-- ${Math.ceil(size / 1024)} Kbytes in ${count}.\n`;
}
