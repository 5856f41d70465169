/**
 * `mail`: writing (`mail -s SUBJECT TO…`) and reading (`mail`) at the terminal, as mailx. Behind it is the workstation's mail program,
 * which submits by SMTP and fetches by POP3.
 */
import { fromUtf8 } from '../../../core/index.ts';
import { readField, readText } from '../../../mail/index.ts';
import { type KeptMessage, MailAgent } from '../../mua/mail-agent.ts';
import type { Program, ProgramContext, RunningProgram } from '../program.ts';

export const mail: Program = {
  name: 'mail',
  usage: 'mail [-s SUBJECT] [-c CC] TO…  |  mail',
  start(context) {
    const agent = context.host.services.find((service) => service instanceof MailAgent);
    if (agent === undefined) {
      context.error('mail: no mail account is set up on this host\n');
      context.exit(1);
      return {};
    }
    return context.args.length > 0 ? new Writing(context, agent).begin() : new Reading(context, agent).begin();
  },
};

class Writing implements RunningProgram {
  private subject: string | undefined;
  private readonly to: string[] = [];
  private readonly cc: string[] = [];
  private readonly body: string[] = [];
  private over = false;
  private sending = false;

  constructor(
    private readonly context: ProgramContext,
    private readonly agent: MailAgent,
  ) {}

  begin(): this {
    const { args, input, tty } = this.context;
    for (let i = 0; i < args.length; i++) {
      const arg = args[i] as string;
      if (arg === '-s') this.subject = args[++i] ?? '';
      else if (arg === '-c') this.cc.push(args[++i] ?? '');
      else if (arg.startsWith('-')) return this.usage();
      else this.to.push(arg);
    }
    if (this.to.length === 0) return this.usage();
    if (input !== undefined) {
      this.body.push(...fromUtf8(input).replace(/\n$/, '').split('\n'));
      this.send();
    } else if (this.subject === undefined) tty?.prompt('Subject: ');
    return this;
  }

  line(text: string): void {
    if (this.sending) return;
    if (this.subject === undefined) this.subject = text;
    else if (text === '.') this.send();
    else this.body.push(text);
  }

  endOfInput(): void {
    if (!this.sending) this.send();
  }

  interrupt(): void {
    this.context.write('(message not sent)\n');
    this.exit(1);
  }

  hangup(): void {
    this.over = true;
  }

  private send(): void {
    this.sending = true;
    const { to, cc, subject = '', body } = this;
    this.agent.send({ to, cc, subject, body: body.join('\n') }, (result) => {
      if (this.over) return;
      if (result.ok) {
        const refused = result.recipients.filter(({ status }) => status !== 'done');
        for (const { recipient, code, text } of refused) this.context.error(`mail: ${recipient}: ${code} ${text}\n`);
        return this.exit(refused.length === 0 ? 0 : 1);
      }
      const detail = 'text' in result ? `${result.code} ${result.text}` : result.cause;
      this.context.error(`mail: not sent (${detail})\n`);
      this.exit(1);
    });
  }

  private usage(): this {
    this.context.error(`Usage: ${mail.usage}\n`);
    this.exit(64);
    return this;
  }

  private exit(status: number): void {
    if (this.over) return;
    this.over = true;
    this.context.exit(status);
  }
}

const HELP = `NUMBER or p [N]   read a message        h        list
n                 the next one          d [N]    delete
r [N]             answer                x, q     leave
f                 fetch new mail
`;

class Reading implements RunningProgram {
  private messages: readonly KeptMessage[] = [];
  private current = 0;
  private busy = true;
  private over = false;

  constructor(
    private readonly context: ProgramContext,
    private readonly agent: MailAgent,
  ) {}

  begin(): this {
    this.fetch();
    return this;
  }

  line(text: string): void {
    if (this.busy) return;
    const [verb = '', argument] = text.trim().split(/\s+/);
    if (verb === 'q' || verb === 'x' || verb === 'quit' || verb === 'exit') return this.exit(0);
    if (verb === 'f') return this.fetch();
    const number = /^\d+$/.test(verb) ? Number(verb) : argument === undefined ? undefined : Number(argument);
    if (/^\d+$/.test(verb) || verb === 'p' || verb === 't') this.show(number ?? this.current);
    else if (verb === '' || verb === 'n') this.show(this.current + 1);
    else if (verb === 'h') this.list();
    else if (verb === 'd') this.remove(number ?? this.current);
    else if (verb === 'r') this.context.write(this.answerHint(number ?? this.current));
    else if (verb === '?') this.context.write(HELP);
    else this.context.write(`Unknown command: ${verb} (? shows help)\n`);
    this.prompt();
  }

  endOfInput(): void {
    this.exit(0);
  }

  interrupt(): void {
    this.exit(130);
  }

  hangup(): void {
    this.over = true;
  }

  private fetch(): void {
    this.busy = true;
    this.agent.fetch('pop3', (result) => {
      if (this.over) return;
      if (!result.ok) this.context.error(`mail: could not fetch (${'text' in result ? result.text : result.cause})\n`);
      this.messages = this.agent.messages();
      if (this.context.tty === undefined) {
        this.list();
        return this.exit(0);
      }
      if (this.messages.length === 0) {
        this.context.write(`No mail for ${this.agent.account.user}\n`);
        return this.exit(0);
      }
      this.busy = false;
      this.list();
      this.prompt();
    });
  }

  private list(): void {
    const rows = this.messages.map(({ bytes }, i) => {
      const from = readField(bytes, 'from').slice(0, 28).padEnd(28);
      return `${i + 1 === this.current ? '>' : ' '}${`${i + 1}`.padStart(3)} ${from} ${readField(bytes, 'subject').slice(0, 44)}\n`;
    });
    this.context.write(rows.join(''));
  }

  private show(number: number): void {
    const message = this.messages[number - 1];
    if (message === undefined) {
      this.context.write(number > this.messages.length ? 'At EOF\n' : 'No applicable message\n');
      return;
    }
    this.current = number;
    const { bytes } = message;
    const fields = ['From', 'To', 'Date', 'Subject'].map((name) => `${name}: ${readField(bytes, name)}\n`);
    this.context.write(`Message ${number}:\n${fields.join('')}\n${readText(bytes)}\n`);
  }

  private remove(number: number): void {
    const message = this.messages[number - 1];
    if (message === undefined) return this.context.write('No applicable message\n');
    this.agent.remove(message.number);
    this.messages = this.agent.messages();
    this.current = Math.min(this.current, this.messages.length);
  }

  private answerHint(number: number): string {
    const message = this.messages[number - 1];
    if (message === undefined) return 'No applicable message\n';
    const subject = readField(message.bytes, 'subject');
    return `mail -s "${/^re:/i.test(subject) ? subject : `Re: ${subject}`}" ${readField(message.bytes, 'from')}\n`;
  }

  private prompt(): void {
    this.context.tty?.prompt('& ');
  }

  private exit(status: number): void {
    if (this.over) return;
    this.over = true;
    this.context.exit(status);
  }
}
