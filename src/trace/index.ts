/** Folds over the trace: what views draw, at any moment of a run. */
export { Changes } from './changes.ts';
export type { Conversation, Conversations } from './conversations.ts';
export type { Flight, FlightNow } from './flights.ts';
export { type Fold, type FoldContext, foldAll, NO_PAYLOADS } from './fold.ts';
export type { GoalRecord, Guide } from './guide.ts';
export { History, type Run } from './history.ts';
export type { Ladder, LadderRow } from './ladder.ts';
export { withSegments } from './ladder-rows.ts';
export { type LogLine, type LogState, type LogsState, logsFold } from './logs.ts';
export {
  type MailboxesState,
  type MailboxState,
  mailboxesFold,
  mailboxKey,
  type StoredMessage,
} from './mailboxes.ts';
export type { Marker, MarkerKind } from './markers.ts';
export type { LinkFault, NodeNow } from './nodes.ts';
export { PaceClock, type PaceName, type Reached } from './pace.ts';
export { PcapngWriter } from './pcapng.ts';
export { List } from './persistent-list.ts';
export { type QueuedMessage, type QueueEvent, type QueueState, type QueuesState, queuesFold } from './queues.ts';
export { type Moment, Recording } from './recording.ts';
export { type Segment, type SegmentsState, segmentsFold } from './segments.ts';
export type { SessionRecord } from './sessions.ts';
