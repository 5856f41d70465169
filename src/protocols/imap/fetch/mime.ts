/**
 * The parts of a message by their place in it (RFC 2045, RFC 2046): offsets into the octets, nothing copied. Nesting and number of parts
 * are bounded; what lies deeper is one opaque part.
 */
import { DEPTH } from '../limits.ts';

const MAX_PARTS = 1000;

export interface Part {
  /** Octets [start, bodyStart) are the header with its blank line, [bodyStart, end) the body. */
  readonly start: number;
  readonly bodyStart: number;
  readonly end: number;
  readonly type: string;
  readonly subtype: string;
  readonly params: readonly (readonly [string, string])[];
  readonly fields: ReadonlyMap<string, string>;
  readonly children: readonly Part[];
}

/** Reads the message in `text` (Latin-1, one character an octet). */
export function parseMime(text: string): Part {
  return part(text, 0, text.length, 0, { count: 0 });
}

function part(text: string, start: number, end: number, depth: number, budget: { count: number }): Part {
  budget.count++;
  const bodyStart = headerEnd(text, start, end);
  const fields = headerFields(text.slice(start, bodyStart));
  const { type, subtype, params } = contentType(fields.get('content-type') ?? 'text/plain; charset=us-ascii');
  const children: Part[] = [];
  const boundary = params.find(([name]) => name === 'boundary')?.[1];
  if (depth < DEPTH && type === 'multipart' && boundary !== undefined && boundary !== '') {
    for (const [from, to] of pieces(text, bodyStart, end, boundary)) {
      if (budget.count < MAX_PARTS) children.push(part(text, from, to, depth + 1, budget));
    }
  } else if (depth < DEPTH && type === 'message' && subtype === 'rfc822') {
    children.push(part(text, bodyStart, end, depth + 1, budget));
  }
  return { start, bodyStart, end, type, subtype, params, fields, children };
}

function headerEnd(text: string, start: number, end: number): number {
  if (text.startsWith('\r\n', start)) return start + 2;
  const blank = text.indexOf('\r\n\r\n', start);
  return blank < 0 || blank + 4 > end ? end : blank + 4;
}

/** First value of each field, unfolded, names in lower case. */
export function headerFields(header: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const line of header.replace(/\r\n[ \t]+/g, ' ').split('\r\n')) {
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(0, colon)).trim().toLowerCase();
    if (colon > 0 && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

/** Octets between the boundary's lines (RFC 2046 §5.1.1): the line end before a boundary belongs to the boundary. */
function* pieces(text: string, start: number, end: number, boundary: string): Generator<readonly [number, number]> {
  const mark = `--${boundary}`;
  let from: number | undefined;
  for (let at = text.indexOf(mark, start); at >= 0 && at < end; at = text.indexOf(mark, at + mark.length)) {
    if (at !== start && text[at - 1] !== '\n') continue;
    if (from !== undefined) yield [from, Math.max(from, at - 2)];
    if (text.startsWith('--', at + mark.length)) return;
    const lineEnd = text.indexOf('\r\n', at);
    if (lineEnd < 0 || lineEnd >= end) return;
    from = lineEnd + 2;
  }
  if (from !== undefined) yield [from, end];
}

export function contentType(value: string): Pick<Part, 'type' | 'subtype' | 'params'> {
  const [essence = '', ...rest] = splitParams(value);
  const [type = '', subtype = ''] = essence.toLowerCase().split('/');
  const valid = /^[!-~]+$/.test(type) && /^[!-~]+$/.test(subtype);
  return {
    type: valid ? type : 'text',
    subtype: valid ? subtype : 'plain',
    params: parameters(rest),
  };
}

export function splitParams(value: string): readonly string[] {
  return (value.match(/(?:"(?:[^"\\]|\\.)*"|[^;"])+/g) ?? []).map((piece) => piece.trim());
}

export function parameters(pieces_: readonly string[]): readonly (readonly [string, string])[] {
  return pieces_.flatMap((piece) => {
    const equals = piece.indexOf('=');
    if (equals < 1) return [];
    const raw = piece.slice(equals + 1).trim();
    const value = raw.startsWith('"') ? raw.slice(1, -1).replace(/\\(.)/g, '$1') : raw;
    return [[piece.slice(0, equals).trim().toLowerCase(), value] as const];
  });
}
