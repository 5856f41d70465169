/** The mail transfer agent as a service of its host: SMTP on 25, submission on 587, and the queue behind both. */
import { MailQueue } from '../../mail/index.ts';
import type { Host, Service } from '../host.ts';
import type { MtaConfig, MtaDurable } from './config.ts';
import { QueueRunner } from './queue-runner.ts';
import { smtpConnection } from './smtpd.ts';

export const RELAY_PORT = 25;
export const SUBMISSION_PORT = 587;

/** What an MTA keeps on stable storage, empty. */
export function emptyDurable(): MtaDurable {
  return { queue: new MailQueue(), seen: new Map(), accepted: 0 };
}

export interface MtaService extends Service {
  readonly name: 'mta';
  readonly queue: MailQueue;
  /** Tries everything in the queue now: `postqueue -f`. */
  flush(): void;
}

/** The MTA among a host's services. */
export function findMta(host: Host): MtaService | undefined {
  return host.services.find((service): service is MtaService => service.name === 'mta' && 'queue' in service);
}

export function mtaService(host: Host, config: MtaConfig): MtaService {
  let runner: QueueRunner | undefined;
  return {
    name: 'mta',
    queue: config.durable.queue,
    start() {
      const queueRunner = new QueueRunner(host, config);
      runner = queueRunner;
      // From a fresh event: the reply 250 is on its way before the message moves on.
      const accepted = (): void => void host.kernel.after(0, () => queueRunner.run());
      host.net.listen(RELAY_PORT, (socket) => smtpConnection(host, config, 'relay', socket, accepted));
      if (config.submission) {
        host.net.listen(SUBMISSION_PORT, (socket) => smtpConnection(host, config, 'submission', socket, accepted));
      }
      queueRunner.run();
    },
    crashed() {
      runner?.stop();
      runner = undefined;
    },
    flush() {
      config.durable.queue.flush(host.kernel.now);
      runner?.run();
    },
  };
}
