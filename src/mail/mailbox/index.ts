/** Mailboxes: the folder's public face. */
export { Mailbox, type MailboxChange, type MailboxListener, type StoredMessage } from './mailbox.ts';
export { Maildrop, type MaildropChange, type MaildropListener, type NameProblem } from './maildrop.ts';
export { canonicalName, DELIMITER, INBOX, isMailboxName } from './names.ts';
export { type AppendOutcome, type DeliveryOutcome, MailStore, type StoreChange } from './store.ts';
