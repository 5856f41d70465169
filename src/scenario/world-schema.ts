/**
 * The shape of a world file (YAML): networks, hosts, links, zones, accounts, services. Validated before anything is built;
 * the types that the builder reads are inferred from here, so file and code cannot drift apart.
 */
import { z } from 'zod';

export const FORMAT_VERSION = 1;

/** Text in both languages. Markdown where the field says so. */
export const localized = z.strictObject({ es: z.string().min(1), en: z.string().min(1) });

const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'lower-case letters, digits and hyphens');
const domain = z
  .string()
  .max(253)
  .regex(/^(?!-)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*\.?$|^\.$/i, 'a domain name');
const ipv4 = z.ipv4();
const address = z.string().regex(/^[^\s@<>]{1,64}@[a-z0-9.-]{1,253}$/i, 'a mail address user@domain');

/** `20ms`, `200us`, `5s`, `30min`, `2h`, `4d`. */
export const duration = z
  .string()
  .regex(/^\d+(\.\d+)?(us|ms|s|min|h|d)$/, 'a duration such as 200us, 20ms, 5s, 30min, 2h or 4d');
/** `10kbps`, `100Mbps`. */
const bandwidth = z.string().regex(/^\d+(\.\d+)?(bps|kbps|Mbps|Gbps)$/, 'a rate such as 64kbps or 100Mbps');
const probability = z.number().min(0).max(1);

export const linkParameters = z.strictObject({
  delay: duration.optional(),
  bandwidth: bandwidth.optional(),
  loss: probability.optional(),
  duplicate: probability.optional(),
  reorder: probability.optional(),
  down: z.boolean().optional(),
});

const service = z.discriminatedUnion('run', [
  z.strictObject({
    run: z.literal('mta'),
    /** Domains whose mail ends here, handed to `deliverTo`. */
    domains: z.array(domain).default([]),
    /** Host and port of the LMTP server that stores mail for those domains. */
    deliverTo: z.strictObject({ host: domain, port: z.number().int().default(24) }).optional(),
    /** Networks that may relay without authentication. */
    relayFrom: z.array(z.cidrv4()).default([]),
    submission: z.boolean().default(false),
    maxSize: z.number().int().positive().default(10_485_760),
  }),
  z.strictObject({ run: z.literal('mda'), domains: z.array(domain).min(1) }),
  z.strictObject({ run: z.literal('imap'), domains: z.array(domain).min(1) }),
  z.strictObject({ run: z.literal('pop3'), domains: z.array(domain).min(1) }),
  z.strictObject({ run: z.literal('authoritative'), zones: z.array(domain).min(1) }),
  z.strictObject({
    run: z.literal('recursive'),
    roots: z.array(z.strictObject({ name: domain, address: ipv4 })).min(1),
  }),
  z.strictObject({
    run: z.literal('mua'),
    account: address,
    submission: z.strictObject({ host: domain, port: z.number().int() }),
    pop3: z.strictObject({ host: domain, port: z.number().int() }).optional(),
    imap: z.strictObject({ host: domain, port: z.number().int() }).optional(),
  }),
]);

const node = z.strictObject({
  id,
  role: z.enum(['workstation', 'mta', 'mda', 'nameserver', 'resolver', 'server']),
  network: id,
  /** The host's names; the first is its own. Names of its network's zone get A records and the first a PTR by themselves. */
  names: z.array(domain).min(1),
  addresses: z.array(ipv4).min(1),
  link: linkParameters.default({}),
  /** Place on the stage, in units of one tile. */
  place: z.strictObject({ x: z.number(), y: z.number() }),
  services: z.array(service).default([]),
  /** The user who sits at its terminal. */
  user: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,31}$/)
    .default('root'),
  /** Services that `estafeta serve` opens on loopback, by well-known port. */
  expose: z.array(z.number().int().min(1).max(65535)).default([]),
});

const record = z.strictObject({
  name: domain,
  type: z.enum(['A', 'AAAA', 'MX', 'TXT', 'CNAME', 'NS', 'SOA', 'PTR']),
  ttl: z.number().int().min(0).max(2_147_483_647).optional(),
  /** As in a zone file: `10 mx1.brisa.example`. */
  data: z.string().max(4096),
});

const account = z.strictObject({
  address,
  password: z.string().min(1).max(128),
  blocked: z.boolean().default(false),
  /** Octets; absent: no limit. */
  quota: z.number().int().min(0).optional(),
  greylist: z.boolean().default(false),
});

export const worldSchema = z.strictObject({
  estafeta: z.literal(FORMAT_VERSION),
  kind: z.literal('world'),
  id,
  /** Calendar time of virtual time 0 (RFC 3339). */
  epoch: z.iso.datetime(),
  /** UTC offset of every host, minutes. */
  utcOffset: z.number().int().min(-840).max(840).default(60),
  networks: z
    .array(
      z.strictObject({
        id,
        cidr: z.cidrv4(),
        label: localized,
        /** The router's address in this network and the link that leads to it. */
        gateway: ipv4,
        uplink: linkParameters.default({}),
        /** Region on the stage, in tiles. */
        region: z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }),
        /** Where its cables meet; the middle of the region when absent. */
        hub: z.strictObject({ x: z.number(), y: z.number() }).optional(),
      }),
    )
    .min(1),
  router: z.strictObject({ id, place: z.strictObject({ x: z.number(), y: z.number() }) }),
  nodes: z.array(node).min(1),
  zones: z
    .array(z.strictObject({ name: domain, ttl: z.number().int().min(0).default(3600), records: z.array(record) }))
    .default([]),
  accounts: z.array(account).default([]),
  /** Nodes shown as one tile until unfolded. */
  folds: z
    .array(
      z.strictObject({
        id,
        label: localized,
        members: z.array(id).min(1),
        place: z.strictObject({ x: z.number(), y: z.number() }),
      }),
    )
    .default([]),
  /** Order in which `estafeta serve` gives out ports when two hosts run the same service. */
  expose: z.array(id).default([]),
});

export type WorldFile = z.infer<typeof worldSchema>;
export type WorldNode = WorldFile['nodes'][number];
export type ServiceFile = WorldNode['services'][number];
export type Localized = z.infer<typeof localized>;
