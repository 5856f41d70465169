/** DNS as registered: roles, port, support table, explanations. */
import type { Protocol } from '../contract.ts';
import { authoritativeRole } from './authoritative.ts';
import { example, explain } from './explain.ts';
import { recursiveRole } from './recursive.ts';
import { stubRole } from './stub.ts';
import { support } from './support.ts';

export const dns: Protocol = {
  id: 'dns',
  name: 'DNS',
  ports: { plain: 53 },
  roles: [authoritativeRole, recursiveRole, stubRole],
  support,
  explain,
  example,
};
