/**
 * The retransmission timeout (RFC 6298): smoothed round-trip time, its variation, and exponential back-off. Whole microseconds
 * and integer arithmetic, so that every platform computes the same. Karn's rule (§3) is the caller's: it samples only
 * segments that were sent once.
 */
import { type Duration, SECOND } from '../../core/index.ts';
import { RTO_INITIAL, RTO_MAX, RTO_MIN } from './limits.ts';

export class RetransmissionTimeout {
  private srtt: Duration | undefined;
  private rttvar: Duration = 0;
  private base: Duration = RTO_INITIAL;
  private backoff = 0;

  /** How long to wait for an acknowledgement now. */
  get value(): Duration {
    return Math.min(this.base * 2 ** this.backoff, RTO_MAX);
  }

  /** Smoothed round-trip time, once measured. */
  get smoothed(): Duration | undefined {
    return this.srtt;
  }

  /** §2.2–2.3: a measurement of a segment that was not retransmitted. */
  sample(rtt: Duration): void {
    if (this.srtt === undefined) {
      this.srtt = rtt;
      this.rttvar = Math.floor(rtt / 2);
    } else {
      // RTTVAR <- 3/4 RTTVAR + 1/4 |SRTT - R'|, SRTT <- 7/8 SRTT + 1/8 R'
      this.rttvar = Math.floor((3 * this.rttvar + Math.abs(this.srtt - rtt)) / 4);
      this.srtt = Math.floor((7 * this.srtt + rtt) / 8);
    }
    this.base = Math.max(this.srtt + Math.max(CLOCK_GRANULARITY, 4 * this.rttvar), RTO_MIN);
    this.backoff = 0;
  }

  /** §5.5: the timer has run out. */
  double(): void {
    if (this.value < RTO_MAX) this.backoff++;
  }

  /** New data was acknowledged: the path is alive again. */
  relax(): void {
    this.backoff = 0;
  }
}

/** G of §2: our clock ticks in µs. */
const CLOCK_GRANULARITY: Duration = SECOND / 1_000_000;
