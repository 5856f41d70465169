/** DNS: the folder's public face; nothing else is imported from outside the folder. README.md has the RFCs to read. */
export { type AuthoritativeConfig, AuthoritativeServer, authoritativeRole } from './authoritative.ts';
export { Cache, type CacheHit, type CacheLine, type CacheObserver, type CacheOptions, RANK } from './cache.ts';
export { annotate, emit, flags, parse } from './codec/index.ts';
export type { DnsFault, DnsFaultKind, ZoneFault, ZoneFaultKind } from './errors.ts';
export type { Transport } from './intake.ts';
export * as limits from './limits.ts';
export * from './messages.ts';
export { isIpv4, nameKey, parseName, reverseName } from './name.ts';
export { isReferral, toPdu } from './pdu.ts';
export { absolute, parseRecord, rdataBrief, rdataText, recordTypeName } from './presentation.ts';
export { dns } from './protocol.ts';
export {
  type RecursiveAnswer,
  type RecursiveAsk,
  type RecursiveConfig,
  RecursiveServer,
  recursiveRole,
} from './recursive.ts';
export type { Server } from './resolution.ts';
export { type StubAnswer, type StubAsk, StubClient, type StubConfig, type StubOutcome, stubRole } from './stub.ts';
export {
  buildZone,
  type Zone,
  type ZoneLine,
  type ZoneResult,
  ZoneSet,
  type ZoneSource,
  type ZoneTrouble,
} from './zone.ts';
