/** Puts what happens in a host's mail store into the trace: deliveries with their octets, flags, removals, mailboxes. */
import { field, type StoreChange } from '../../mail/index.ts';
import type { Host } from '../host.ts';

export function storeObserver(host: Host): (change: StoreChange) => void {
  return ({ user, mailbox, change }) => {
    if (change.kind === 'added') {
      const { message } = change;
      host.trace({
        type: 'delivery',
        user,
        mailbox: mailbox.name,
        uid: message.uid,
        size: message.bytes.length,
        messageId: field(message.bytes, 'message-id') ?? '',
        payload: host.kernel.trace.store(message.bytes),
      });
      return;
    }
    host.trace({
      type: 'mailbox',
      user,
      mailbox: mailbox.name,
      what: change.kind,
      ...('message' in change ? { uid: change.message.uid } : {}),
      ...(change.kind === 'flags' ? { flags: [...change.message.flags] } : {}),
      count: mailbox.messages.length,
    });
  };
}
