/** Mailboxes: the folder's public face. */
export { Mailbox, type MailboxChange, type MailboxListener, type StoredMessage } from './mailbox.ts';
export { DELIMITER, INBOX, Maildrop, type NameProblem } from './maildrop.ts';
export { type DeliveryOutcome, MailStore, type StoreChange } from './store.ts';
