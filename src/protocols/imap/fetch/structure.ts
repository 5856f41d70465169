/** BODY and BODYSTRUCTURE (RFC 3501 §7.4.2): the parts of a message in parentheses. */
import { nstring, string } from '../emit.ts';
import { envelope } from './envelope.ts';
import { type Part, parameters, splitParams } from './mime.ts';

/** `extended`: BODYSTRUCTURE, with the extension data. */
export function structure(text: string, part: Part, extended: boolean): string {
  return part.type === 'multipart' && part.children.length > 0
    ? multipart(text, part, extended)
    : single(text, part, extended);
}

function multipart(text: string, part: Part, extended: boolean): string {
  const children = part.children.map((child) => structure(text, child, extended)).join('');
  const more = extended ? ` ${params(part.params)} ${disposition(part)} ${language(part)} NIL` : '';
  return `(${children} ${string(part.subtype.toUpperCase())}${more})`;
}

function single(text: string, part: Part, extended: boolean): string {
  const { fields, type, subtype } = part;
  const size = part.end - part.bodyStart;
  const pieces = [
    string(type.toUpperCase()),
    string(subtype.toUpperCase()),
    params(part.params),
    nstring(fields.get('content-id')),
    nstring(fields.get('content-description')),
    string((fields.get('content-transfer-encoding') ?? '7BIT').toUpperCase()),
    `${size}`,
  ];
  const [child] = part.children;
  if (type === 'message' && subtype === 'rfc822' && child !== undefined) {
    pieces.push(envelope(child.fields), structure(text, child, extended), `${lines(text, part)}`);
  } else if (type === 'text') pieces.push(`${lines(text, part)}`);
  if (extended) pieces.push(nstring(fields.get('content-md5')), disposition(part), language(part), 'NIL');
  return `(${pieces.join(' ')})`;
}

function lines(text: string, { bodyStart, end }: Part): number {
  let count = 0;
  for (let at = text.indexOf('\n', bodyStart); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function params(list: Part['params']): string {
  return list.length === 0
    ? 'NIL'
    : `(${list.map(([name, value]) => `${string(name.toUpperCase())} ${string(value)}`).join(' ')})`;
}

function disposition({ fields }: Part): string {
  const value = fields.get('content-disposition');
  if (value === undefined) return 'NIL';
  const [kind = '', ...rest] = splitParams(value);
  return `(${string(kind.toUpperCase())} ${params(parameters(rest))})`;
}

function language({ fields }: Part): string {
  return nstring(fields.get('content-language'));
}
