/**
 * The shape of a scenario file (YAML): which world, what it shows, what happens by itself, what is told, what is asked and
 * what must be achieved. Checks are declarative predicates over the trace (checks/), never comparisons of end states.
 */
import { z } from 'zod';
import { duration, FORMAT_VERSION, linkParameters, localized } from './world-schema.ts';

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'lower-case letters, digits and hyphens');

/** Text that must contain (case-insensitive) or, between slashes, match a regular expression. */
const pattern = z.string().min(1).max(500);

export type Check =
  | {
      pdu: {
        protocol?: string | undefined;
        verb?: string | undefined;
        args?: string | undefined;
        code?: number | undefined;
        node?: string | undefined;
        peer?: string | undefined;
        port?: number | undefined;
        kind?: 'command' | 'reply' | 'data' | 'query' | 'response' | undefined;
        answered?: number | undefined;
        ok?: boolean | undefined;
        sent?: boolean | undefined;
        typed?: boolean | undefined;
      };
    }
  | {
      delivery: {
        node?: string | undefined;
        user?: string | undefined;
        body?: string | undefined;
        header?: string | undefined;
      };
    }
  | { state: { node?: string | undefined; machine: string; state: string } }
  | { command: { node?: string | undefined; line: string; status?: number | undefined } }
  | { queue: { node?: string | undefined; what: string; recipient?: string | undefined } }
  | {
      dns: {
        node?: string | undefined;
        what?: string | undefined;
        name?: string | undefined;
        rrtype?: string | undefined;
        rcode?: string | undefined;
      };
    }
  | { not: Check }
  | { all: Check[] }
  | { any: Check[] }
  | { sequence: Check[] };

const at = z.string().optional();

export const check: z.ZodType<Check> = z.lazy(() =>
  z.union([
    z.strictObject({
      /** A PDU that the node received and parsed (or, for clients, sent). */
      pdu: z.strictObject({
        protocol: z.string().optional(),
        verb: z.string().optional(),
        args: pattern.optional(),
        code: z.number().int().optional(),
        /** The node that parsed it. */
        node: at,
        /** The node at the other end. */
        peer: at,
        port: z.number().int().optional(),
        kind: z.enum(['command', 'reply', 'data', 'query', 'response']).optional(),
        /** For a command: the code with which the same endpoint answered it. */
        answered: z.number().int().optional(),
        /** For a command: whether the reply to it was a success. */
        ok: z.boolean().optional(),
        /** Look at the moment it was written instead of the moment it was parsed; `node` is then the sender. */
        sent: z.boolean().optional(),
        /** Typed by a person in a terminal, not sent by a program. */
        typed: z.boolean().optional(),
      }),
    }),
    z.strictObject({
      delivery: z.strictObject({
        node: at,
        user: z.string().optional(),
        body: pattern.optional(),
        header: pattern.optional(),
      }),
    }),
    z.strictObject({ state: z.strictObject({ node: at, machine: z.string(), state: z.string() }) }),
    z.strictObject({ command: z.strictObject({ node: at, line: pattern, status: z.number().int().optional() }) }),
    z.strictObject({ queue: z.strictObject({ node: at, what: z.string(), recipient: z.string().optional() }) }),
    z.strictObject({
      dns: z.strictObject({
        node: at,
        what: z.string().optional(),
        name: z.string().optional(),
        rrtype: z.string().optional(),
        rcode: z.string().optional(),
      }),
    }),
    z.strictObject({ not: check }),
    z.strictObject({ all: z.array(check).min(1).max(20) }),
    z.strictObject({ any: z.array(check).min(1).max(20) }),
    z.strictObject({ sequence: z.array(check).min(1).max(20) }),
  ]),
);

const mailAction = z.strictObject({
  mail: z.strictObject({
    node: z.string(),
    send: z
      .strictObject({
        to: z.array(z.string()).min(1),
        cc: z.array(z.string()).optional(),
        bcc: z.array(z.string()).optional(),
        subject: z.string(),
        body: z.string(),
      })
      .optional(),
    fetch: z.enum(['pop3', 'imap']).optional(),
  }),
});
const keysAction = z.strictObject({ keys: z.strictObject({ session: z.string(), data: z.string() }) });
const faultAction = z.strictObject({
  fault: z.union([
    z.strictObject({ link: z.string(), ...linkParameters.shape }),
    z.strictObject({ host: z.string(), down: z.boolean() }),
    z.strictObject({ account: z.string(), blocked: z.boolean().optional(), quota: z.number().int().optional() }),
  ]),
});

/** When something happens: at a virtual time, or `after` a delay once a check holds. */
const trigger = z.strictObject({ at: duration.optional(), when: check.optional(), after: duration.optional() });

const step = z.strictObject({
  id,
  /** The phase of the time line that this step opens or belongs to. */
  phase: id.optional(),
  title: localized,
  /** Markdown. */
  text: localized,
  /** When it is reached; the first step without a trigger is there from the start. */
  on: trigger.optional(),
  /** Nodes to draw the eye to. */
  focus: z.array(z.string()).default([]),
  /** Pause here until the reader goes on. */
  pause: z.boolean().default(false),
  /** A prediction asked before the answer is shown; it pauses too. */
  ask: z
    .strictObject({
      question: localized,
      options: z
        .array(z.strictObject({ text: localized, correct: z.boolean().default(false), why: localized }))
        .min(2)
        .max(6),
    })
    .optional(),
});

const goal = z.strictObject({
  id,
  text: localized,
  /** One line below it: what it is about. */
  note: localized.optional(),
  check,
  points: z.number().min(0).default(1),
  /** In layers: nudge, pointer, rule, answer. */
  hints: z.array(localized).max(4).default([]),
});

export const scenarioSchema = z.strictObject({
  estafeta: z.literal(FORMAT_VERSION),
  kind: z.enum(['demo', 'lab']),
  id,
  world: id,
  title: localized,
  summary: localized,
  /** Rows of the curriculum that it serves: `1.3`. */
  topics: z.array(z.string().regex(/^\d+\.\d+$/)).default([]),
  minutes: z.number().int().positive().default(10),
  /** Nodes or folds on the stage; the others stay folded. */
  show: z.array(z.string()).min(1),
  pace: z.enum(['lesson', 'live']).default('lesson'),
  /** Terminals open from the start, by node. */
  terminals: z.array(z.string()).default([]),
  phases: z.array(z.strictObject({ id, label: localized })).default([]),
  script: z
    .array(z.strictObject({ id: id.optional(), on: trigger, do: z.union([mailAction, keysAction, faultAction]) }))
    .default([]),
  steps: z.array(step).default([]),
  goals: z.array(goal).default([]),
  /** Stops a runaway: see core/budget.ts for the units and the defaults. */
  budget: z
    .strictObject({
      events: z.number().int().positive().optional(),
      octets: z.number().int().positive().optional(),
      time: duration.optional(),
    })
    .optional(),
  /** The run ends by itself at this virtual time. */
  until: duration.optional(),
});

export type ScenarioFile = z.infer<typeof scenarioSchema>;
export type StepFile = z.infer<typeof step>;
export type GoalFile = z.infer<typeof goal>;
export type ScriptFile = ScenarioFile['script'][number];
export type TriggerFile = z.infer<typeof trigger>;
