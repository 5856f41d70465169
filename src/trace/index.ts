/** Folds over the trace: what views draw, at any moment of a run. */
export { Changes } from './changes.ts';
export type { Conversation, Conversations } from './conversations.ts';
export type { Flight, FlightNow } from './flights.ts';
export type { GoalRecord, Guide } from './guide.ts';
export type { Ladder, LadderRow } from './ladder.ts';
export type { Marker, MarkerKind } from './markers.ts';
export type { LinkFault, NodeNow } from './nodes.ts';
export { PaceClock, type PaceName, type Reached } from './pace.ts';
export { type Moment, Recording } from './recording.ts';
export type { SessionRecord } from './sessions.ts';
