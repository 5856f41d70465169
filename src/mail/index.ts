/** Messages, their queue, their routing and the reports about them. */
export * from './accounts/book.ts';
export * from './dsn/report.ts';
export * from './mailbox/index.ts';
export * from './message/compose.ts';
export * from './message/date.ts';
export * from './message/decode.ts';
export * from './message/encode.ts';
export * from './message/header.ts';
export * from './message/trace-fields.ts';
export * from './queue/queue.ts';
export * from './queue/schedule.ts';
export * from './routing.ts';
