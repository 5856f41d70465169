/**
 * One resolution by iteration (RFC 1034 §5.3.3): where it stands and what to do next, as plain data and pure steps. Starts
 * from the best servers in the cache, follows referrals and CNAMEs, looks up the address of a server when it came without
 * glue, and puts what it may believe into the cache. Sends nothing: the endpoint (recursive.ts) carries the steps out.
 */
import { type Cache, RANK } from './cache.ts';
import { CNAME_CHAIN, QUERIES_PER_RESOLUTION, RESOLUTION_DEPTH, SERVERS_PER_ZONE } from './limits.ts';
import { type Message, type Question, RCODE, type ResourceRecord, RR_TYPES, type SoaRecord } from './messages.ts';
import { nameKey, parentName, ROOT } from './name.ts';
import { readResponse } from './response.ts';

/** A name server to ask; without an address that must be found first. */
export interface Server {
  readonly name: string;
  readonly address?: string;
}

/** One name being looked up: the client's, or above it on the stack the name of a server whose address is wanted. */
interface Frame {
  /** What is looked for now: the question's name, or where its CNAMEs led. */
  name: string;
  readonly type: number;
  /** Apex of the zone whose servers are asked, as a key. */
  zone: string;
  servers: readonly Server[];
  /** Index of the next server to try. */
  next: number;
  /** CNAMEs passed. */
  chain: ResourceRecord[];
}

/** A resolution as JSON-able data. */
export interface ResolutionState {
  readonly question: Question;
  readonly frames: Frame[];
  queries: number;
}

export type ResolutionStep =
  | {
      readonly do: 'ask';
      readonly server: Server & { readonly address: string };
      readonly zone: string;
      readonly question: Question;
    }
  | {
      readonly do: 'finish';
      readonly rcode: number;
      readonly answers: readonly ResourceRecord[];
      /** For a negative answer. */
      readonly soa?: SoaRecord;
      /** Nothing was asked: it all came from the cache. */
      readonly cached: boolean;
    };

export interface ResolutionContext {
  readonly cache: Cache;
  /** The root servers' names and addresses (root hints). */
  readonly roots: readonly Server[];
}

export function beginResolution(question: Question): ResolutionState {
  return { question, frames: [newFrame(question.name, question.type)], queries: 0 };
}

function newFrame(name: string, type: number): Frame {
  return { name, type, zone: ROOT, servers: [], next: 0, chain: [] };
}

/** The first step, or the next one after a CNAME: what the cache knows, else the best servers to ask. */
export function search(state: ResolutionState, context: ResolutionContext): ResolutionStep {
  const frame = top(state);
  const { cache } = context;
  while (frame.chain.length <= CNAME_CHAIN) {
    const hit = cache.get(frame.name, frame.type, RANK.answer);
    if (hit !== undefined) {
      if (hit.kind === 'records') return finish(state, context, RCODE.NOERROR, hit.records);
      if (hit.kind === 'failure') return fail(state, context, false);
      return finish(state, context, hit.kind === 'nxdomain' ? RCODE.NXDOMAIN : RCODE.NOERROR, [], hit.soa);
    }
    const alias = frame.type === RR_TYPES.CNAME ? undefined : cache.get(frame.name, RR_TYPES.CNAME, RANK.answer);
    const cname = alias?.kind === 'records' ? alias.records[0] : undefined;
    if (cname?.type !== 'CNAME') {
      const best = bestServers(frame.name, context);
      frame.zone = best.zone;
      frame.servers = best.servers;
      frame.next = 0;
      return askNext(state, context);
    }
    frame.chain.push(cname);
    frame.name = cname.target;
  }
  return fail(state, context, true);
}

/** The step after a response from the server asked last. */
export function respond(state: ResolutionState, context: ResolutionContext, message: Message): ResolutionStep {
  const frame = top(state);
  const { cache } = context;
  const read = readResponse(message, { name: frame.name, type: frame.type, zone: frame.zone });
  for (const set of read.learnt) cache.putRecords(set.records, set.rank);
  switch (read.kind) {
    case 'lame':
      return askNext(state, context);
    case 'answer':
      frame.chain.push(...read.chain);
      return frame.chain.length > CNAME_CHAIN
        ? fail(state, context, true)
        : finish(state, context, RCODE.NOERROR, read.records);
    case 'alias': {
      frame.chain.push(...read.chain);
      frame.name = read.target;
      return search(state, context);
    }
    case 'negative': {
      frame.chain.push(...read.chain);
      const what = read.rcode === RCODE.NXDOMAIN ? 'nxdomain' : 'nodata';
      if (read.soa !== undefined) cache.putNegative(what, read.name, frame.type, read.soa);
      return finish(state, context, read.rcode, [], read.soa);
    }
    case 'referral':
      frame.zone = read.zone;
      frame.servers = read.servers.slice(0, SERVERS_PER_ZONE).map((name) => serverOf(name, cache));
      frame.next = 0;
      return askNext(state, context);
  }
}

/** The step after the server asked last kept silent or could not be reached. */
export function unanswered(state: ResolutionState, context: ResolutionContext): ResolutionStep {
  return askNext(state, context);
}

/** Gives up: the time is over. */
export function giveUp(state: ResolutionState, context: ResolutionContext): ResolutionStep {
  state.frames.length = 1;
  return fail(state, context, true);
}

/** The nearest known zone above the name and its servers (RFC 1034 §5.3.3 step 2); the roots where nothing is known. */
export function bestServers(
  name: string,
  { cache, roots }: ResolutionContext,
): { zone: string; servers: readonly Server[] } {
  for (let zone: string | undefined = nameKey(name); zone !== undefined && zone !== ROOT; zone = parentName(zone)) {
    const hit = cache.get(zone, RR_TYPES.NS, RANK.referral);
    if (hit?.kind !== 'records') continue;
    const servers = hit.records.flatMap((ns) => (ns.type === 'NS' ? [serverOf(ns.target, cache)] : []));
    return { zone, servers: servers.slice(0, SERVERS_PER_ZONE) };
  }
  return { zone: ROOT, servers: roots };
}

function serverOf(name: string, cache: Cache): Server {
  const hit = cache.get(name, RR_TYPES.A, RANK.glue);
  const first = hit?.kind === 'records' ? hit.records[0] : undefined;
  return first?.type === 'A' ? { name, address: first.address } : { name };
}

function askNext(state: ResolutionState, context: ResolutionContext): ResolutionStep {
  const frame = top(state);
  for (;;) {
    const server = frame.servers[frame.next++];
    if (server === undefined || state.queries >= QUERIES_PER_RESOLUTION) return fail(state, context, true);
    if (server.address !== undefined) {
      state.queries++;
      const question = { name: frame.name, type: frame.type, class: state.question.class };
      return { do: 'ask', server: { name: server.name, address: server.address }, zone: frame.zone, question };
    }
    // A server inside the zone it serves cannot be found without glue, nor can one that is being looked for already.
    const key = nameKey(server.name);
    const circular = state.frames.some((other) => nameKey(other.name) === key && other.type === RR_TYPES.A);
    if (circular || state.frames.length >= RESOLUTION_DEPTH) continue;
    state.frames.push(newFrame(server.name, RR_TYPES.A));
    return search(state, context);
  }
}

/** Ends the top frame. The client's own ends the resolution; another's addresses are what the frame below waits for. */
function finish(
  state: ResolutionState,
  context: ResolutionContext,
  rcode: number,
  records: readonly ResourceRecord[],
  soa?: SoaRecord,
): ResolutionStep {
  const frame = top(state);
  if (state.frames.length === 1) {
    const answers = [...frame.chain, ...records];
    return { do: 'finish', rcode, answers, cached: state.queries === 0, ...(soa === undefined ? {} : { soa }) };
  }
  state.frames.pop();
  const below = top(state);
  const found = records.flatMap((record): Server[] =>
    record.type === 'A' ? [{ name: frame.name, address: record.address }] : [],
  );
  // In place of the server that had no address.
  below.servers = [...below.servers.slice(0, below.next - 1), ...found, ...below.servers.slice(below.next)];
  below.next--;
  return askNext(state, context);
}

/** `remember`: a new failure, to be kept for a moment (RFC 9520). */
function fail(state: ResolutionState, context: ResolutionContext, remember: boolean): ResolutionStep {
  const frame = top(state);
  if (remember && state.queries < QUERIES_PER_RESOLUTION) context.cache.putFailure(frame.name, frame.type);
  if (state.frames.length > 1) return finish(state, context, RCODE.SERVFAIL, []);
  return { do: 'finish', rcode: RCODE.SERVFAIL, answers: [], cached: !remember };
}

function top(state: ResolutionState): Frame {
  return state.frames[state.frames.length - 1] as Frame;
}
