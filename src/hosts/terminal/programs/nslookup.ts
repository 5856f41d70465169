/** `nslookup` and `host`: questions about names for people; nslookup also as a dialogue (`set type=mx`, `server …`). */
import {
  absolute,
  isIpv4,
  type Message,
  parseName,
  type ResourceRecord,
  rcodeName,
  rdataText,
  reverseName,
  typeNumber,
} from '../../../protocols/dns/index.ts';
import { type DnsQueryResult, query } from '../../dns/index.ts';
import type { Program, ProgramContext, RunningProgram } from '../program.ts';
import { lookUp } from './lookup.ts';

export const nslookup: Program = {
  name: 'nslookup',
  usage: 'nslookup [-type=TYPE] [NAME [SERVER]]',
  start: (context) => new Nslookup(context).begin(),
};

export const hostProgram: Program = {
  name: 'host',
  usage: 'host [-t TYPE] NAME [SERVER]',
  start: (context) => new HostLookup(context).begin(),
};

abstract class Lookup implements RunningProgram {
  protected server = '';
  protected over = false;
  private cancel: (() => void) | undefined;

  constructor(protected readonly context: ProgramContext) {
    this.server = context.host.nameserver?.ip ?? '';
  }

  interrupt(): void {
    this.hangup();
    this.context.exit(130);
  }

  hangup(): void {
    this.over = true;
    this.cancel?.();
  }

  /** Asks; `then` gets the result, or the line that says why there is none. */
  protected ask(name: string, type: string, then: (result: DnsQueryResult | string) => void): void {
    const literal = isIpv4(name) ? reverseName(name) : undefined;
    const wanted = parseName(literal ?? name);
    if (wanted === undefined) return then(`'${name}' is not a legal name`);
    if (this.server === '') return then('no servers could be reached');
    const number = typeNumber(literal === undefined ? type : 'PTR') ?? 1;
    const server = { ip: this.server, port: 53 };
    this.cancel = query(this.context.host, server, wanted, number, { program: 'nslookup' }, (result) => {
      if (!this.over) then(result);
    });
  }

  protected useServer(name: string, then: (ok: boolean) => void): void {
    lookUp(this.context.host, name, (ip) => {
      if (this.over) return;
      if (ip !== undefined) this.server = ip;
      then(ip !== undefined);
    });
  }

  protected end(status: number): void {
    if (this.over) return;
    this.over = true;
    this.context.exit(status);
  }
}

class Nslookup extends Lookup {
  /** Empty: A and AAAA, as nslookup asks by itself. */
  private type = '';
  private interactive = false;

  begin(): this {
    const names: string[] = [];
    for (const arg of this.context.args) {
      const set = /^-(?:query|querytype|type|ty|q)=(.+)$/i.exec(arg);
      if (set === null) names.push(arg);
      else if (!this.setType(set[1] ?? '')) return this;
    }
    const [name, server] = names;
    if (name === undefined) {
      if (this.context.tty === undefined) this.end(0);
      else {
        this.interactive = true;
        this.context.tty.prompt('> ');
      }
    } else if (server === undefined) this.find(name);
    else {
      this.useServer(server, (ok) => {
        if (ok) this.find(name);
        else this.fail(`nslookup: couldn't get address for '${server}': not found\n`);
      });
    }
    return this;
  }

  line(text: string): void {
    const [verb = '', ...rest] = text.trim().split(/\s+/);
    if (verb === 'exit' || verb === 'quit') return this.end(0);
    const set = /^(?:query|querytype|type|ty|q)=(.+)$/i.exec(rest.join(''));
    if (verb === 'set' && set !== null) this.setType(set[1] ?? '');
    else if (verb === 'server' && rest[0] !== undefined) return this.changeServer(rest[0]);
    else if (verb !== '' && verb !== 'set') return this.find(verb);
    this.context.tty?.prompt('> ');
  }

  endOfInput(): void {
    this.end(0);
  }

  private changeServer(name: string): void {
    this.useServer(name, (ok) => {
      this.context.write(
        ok
          ? `Default server: ${name}\nAddress: ${this.server}#53\n`
          : `couldn't get address for '${name}': not found\n`,
      );
      this.context.tty?.prompt('> ');
    });
  }

  private setType(type: string): boolean {
    if (typeNumber(type) === undefined) {
      this.context.write(`unknown query type: ${type}\n`);
      if (!this.interactive) this.end(1);
      return false;
    }
    this.type = type.toUpperCase();
    return true;
  }

  private find(name: string): void {
    this.ask(name, this.type === '' ? 'A' : this.type, (result) => {
      if (typeof result === 'string') return this.fail(`** ${result}\n`);
      const { outcome, server } = result;
      if (outcome.kind !== 'response') return this.fail(';; connection timed out; no servers could be reached\n');
      this.context.write(`Server:\t\t${server.ip}\nAddress:\t${server.ip}#53\n\n`);
      const { message } = outcome;
      if (message.rcode !== 0) return this.fail(`** server can't find ${name}: ${rcodeName(message.rcode)}\n\n`);
      this.context.write(answerText(message, name));
      this.next(0);
    });
  }

  private fail(text: string): void {
    this.context.write(text);
    this.next(1);
  }

  private next(status: number): void {
    if (this.interactive) this.context.tty?.prompt('> ');
    else this.end(status);
  }
}

function answerText(message: Message, name: string): string {
  const head = message.aa ? '' : 'Non-authoritative answer:\n';
  if (message.answers.length === 0) return `${head}*** Can't find ${name}: No answer\n\n`;
  return `${head}${message.answers.map(nslookupLine).join('')}\n`;
}

function nslookupLine(record: ResourceRecord): string {
  const { name } = record;
  switch (record.type) {
    case 'A':
    case 'AAAA':
      return `Name:\t${name}\nAddress: ${record.address}\n`;
    case 'MX':
      return `${name}\tmail exchanger = ${record.preference} ${absolute(record.exchange)}\n`;
    case 'NS':
      return `${name}\tnameserver = ${absolute(record.target)}\n`;
    case 'CNAME':
      return `${name}\tcanonical name = ${absolute(record.target)}\n`;
    case 'PTR':
      return `${name}\tname = ${absolute(record.target)}\n`;
    case 'TXT':
      return `${name}\ttext = ${rdataText(record)}\n`;
    case 'SOA':
      return `${name}\n\torigin = ${record.mname}\n\tmail addr = ${record.rname}\n\tserial = ${record.serial}\n\trefresh = ${record.refresh}\n\tretry = ${record.retry}\n\texpire = ${record.expire}\n\tminimum = ${record.minimum}\n`;
    case 'OPAQUE':
      return `${name}\trdata = ${rdataText(record)}\n`;
  }
}

class HostLookup extends Lookup {
  begin(): this {
    const args = [...this.context.args];
    const at = args.indexOf('-t');
    const [, type = ''] = at < 0 ? [] : args.splice(at, 2);
    const [name, server] = args;
    if (name === undefined || name.startsWith('-') || (at >= 0 && typeNumber(type) === undefined)) {
      this.context.error(`Usage: ${hostProgram.usage}\n`);
      this.end(1);
      return this;
    }
    // As `host`: addresses and mail servers, unless a type is asked for.
    const types = type !== '' ? [type] : isIpv4(name) ? ['PTR'] : ['A', 'MX'];
    if (server === undefined) this.next(name, types);
    else {
      this.useServer(server, (ok) => {
        if (ok) return this.next(name, types);
        this.context.error(`host: couldn't get address for '${server}': not found\n`);
        this.end(1);
      });
    }
    return this;
  }

  private next(name: string, types: readonly string[]): void {
    const [type, ...rest] = types;
    if (type === undefined) return this.end(0);
    this.ask(name, type, (result) => {
      if (typeof result === 'string' || result.outcome.kind !== 'response') {
        this.context.write(';; connection timed out; no servers could be reached\n');
        return this.end(1);
      }
      const { message } = result.outcome;
      if (message.rcode !== 0) {
        this.context.write(`Host ${name} not found: ${message.rcode}(${rcodeName(message.rcode)})\n`);
        return this.end(1);
      }
      if (message.answers.length === 0 && types.length === 1 && type !== 'MX') {
        this.context.write(`${name} has no ${type} record\n`);
      }
      this.context.write(message.answers.map(hostLine).join(''));
      this.next(name, rest);
    });
  }
}

function hostLine(record: ResourceRecord): string {
  const { name } = record;
  switch (record.type) {
    case 'A':
      return `${name} has address ${record.address}\n`;
    case 'AAAA':
      return `${name} has IPv6 address ${record.address}\n`;
    case 'MX':
      return `${name} mail is handled by ${record.preference} ${absolute(record.exchange)}\n`;
    case 'NS':
      return `${name} name server ${absolute(record.target)}\n`;
    case 'CNAME':
      return `${name} is an alias for ${absolute(record.target)}\n`;
    case 'PTR':
      return `${name} domain name pointer ${absolute(record.target)}\n`;
    case 'TXT':
      return `${name} descriptive text ${rdataText(record)}\n`;
    default:
      return `${name} ${rdataText(record)}\n`;
  }
}
