/** Puts what happens in a host's mail store into the trace: deliveries with their octets, flags, removals. */
import { field, type StoreChange } from '../../mail/index.ts';
import type { Host } from '../host.ts';

export function storeObserver(host: Host): (change: StoreChange) => void {
  return ({ user, mailbox, change }) => {
    const { message } = change;
    if (change.kind === 'added') {
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
      uid: message.uid,
      ...(change.kind === 'flags' ? { flags: [...message.flags] } : {}),
      count: mailbox.messages.length,
    });
  };
}
