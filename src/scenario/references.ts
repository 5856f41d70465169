/**
 * What a schema cannot see: names that must exist elsewhere. Nodes shown, focused, scripted or checked must be in the world;
 * services must name zones and hosts that exist; patterns must compile. Problems say the path, so that the place is found.
 */

import type { Check, ScenarioFile } from './scenario-schema.ts';
import { parseDuration } from './units.ts';
import type { WorldFile } from './world-schema.ts';

export interface ReferenceProblem {
  readonly path: readonly PropertyKey[];
  readonly expected: string;
  readonly got: string;
}

export function checkWorld(world: WorldFile): readonly ReferenceProblem[] {
  const problems: ReferenceProblem[] = [];
  const networks = new Set(world.networks.map((network) => network.id));
  const nodes = new Set<string>([world.router.id]);
  const addresses = new Set<string>();
  const zones = new Set(world.zones.map((zone) => zone.name.replace(/\.$/, '') || '.'));
  const names = new Set(world.nodes.flatMap((node) => node.names));
  const need = (ok: boolean, path: readonly PropertyKey[], expected: string, got: string): void => {
    if (!ok) problems.push({ path, expected, got });
  };
  for (const [i, node] of world.nodes.entries()) {
    need(!nodes.has(node.id), ['nodes', i, 'id'], 'an id used once', node.id);
    nodes.add(node.id);
    need(networks.has(node.network), ['nodes', i, 'network'], `one of ${[...networks].join(', ')}`, node.network);
    for (const [j, address] of node.addresses.entries()) {
      need(!addresses.has(address), ['nodes', i, 'addresses', j], 'an address used once', address);
      addresses.add(address);
    }
    for (const [j, service] of node.services.entries()) {
      const at = ['nodes', i, 'services', j];
      if (service.run === 'authoritative') {
        for (const zone of service.zones)
          need(zones.has(zone.replace(/\.$/, '') || '.'), [...at, 'zones'], 'a zone of this world', zone);
      } else if (service.run === 'mta' && service.deliverTo !== undefined) {
        need(
          names.has(service.deliverTo.host),
          [...at, 'deliverTo', 'host'],
          'the name of a host of this world',
          service.deliverTo.host,
        );
      } else if (service.run === 'mua') {
        const known = world.accounts.some((account) => account.address === service.account);
        need(known, [...at, 'account'], 'an account of this world', service.account);
      }
    }
  }
  for (const [i, fold] of world.folds.entries()) {
    for (const [j, member] of fold.members.entries())
      need(nodes.has(member), ['folds', i, 'members', j], 'a node of this world', member);
  }
  for (const [i, id] of world.expose.entries()) need(nodes.has(id), ['expose', i], 'a node of this world', id);
  return problems;
}

export function checkScenario(scenario: ScenarioFile, world: WorldFile): readonly ReferenceProblem[] {
  const problems: ReferenceProblem[] = [];
  const nodes = new Set([...world.nodes.map((node) => node.id), world.router.id]);
  const tiles = new Set([...nodes, ...world.folds.map((fold) => fold.id)]);
  const phases = new Set(scenario.phases.map((phase) => phase.id));
  const need = (ok: boolean, path: readonly PropertyKey[], expected: string, got: string): void => {
    if (!ok) problems.push({ path, expected, got });
  };
  const node = (id: string | undefined, path: readonly PropertyKey[]): void =>
    need(id === undefined || nodes.has(id), path, `a node of world ${world.id}`, id ?? '');
  const check = (value: Check, path: readonly PropertyKey[]): void => {
    const [kind = ''] = Object.keys(value);
    const inner: unknown = (value as unknown as Record<string, unknown>)[kind];
    if (kind === 'not') return check(inner as Check, [...path, kind]);
    if (Array.isArray(inner)) {
      for (const [i, part] of inner.entries()) check(part as Check, [...path, kind, i]);
      return;
    }
    const fields = inner as Record<string, string | undefined>;
    node(fields.node, [...path, kind, 'node']);
    node(fields.peer, [...path, kind, 'peer']);
    for (const key of ['args', 'body', 'header', 'line']) {
      const pattern = fields[key];
      need(
        pattern === undefined || compiles(pattern),
        [...path, kind, key],
        'text, or a regular expression between slashes',
        pattern ?? '',
      );
    }
  };
  for (const [i, id] of scenario.show.entries())
    need(tiles.has(id), ['show', i], `a node or fold of world ${world.id}`, id);
  for (const [i, id] of scenario.terminals.entries()) node(id, ['terminals', i]);
  const ids = new Set<string>();
  for (const [i, step] of scenario.steps.entries()) {
    need(!ids.has(step.id), ['steps', i, 'id'], 'an id used once', step.id);
    ids.add(step.id);
    need(
      step.phase === undefined || phases.has(step.phase),
      ['steps', i, 'phase'],
      `one of ${[...phases].join(', ')}`,
      step.phase ?? '',
    );
    for (const [j, id] of step.focus.entries())
      need(tiles.has(id), ['steps', i, 'focus', j], `a node or fold of world ${world.id}`, id);
    if (step.on?.when !== undefined) check(step.on.when, ['steps', i, 'on', 'when']);
    if (step.ask !== undefined) {
      const right = step.ask.options.filter((option) => option.correct).length;
      need(right > 0, ['steps', i, 'ask', 'options'], 'at least one correct option', 'none');
    }
  }
  for (const [i, entry] of scenario.script.entries()) {
    if (entry.on.when !== undefined) check(entry.on.when, ['script', i, 'on', 'when']);
    if ('mail' in entry.do) node(entry.do.mail.node, ['script', i, 'do', 'mail', 'node']);
    if ('keys' in entry.do) node(entry.do.keys.session.split(':')[0], ['script', i, 'do', 'keys', 'session']);
  }
  const goals = new Set<string>();
  for (const [i, goal] of scenario.goals.entries()) {
    need(!goals.has(goal.id), ['goals', i, 'id'], 'an id used once', goal.id);
    goals.add(goal.id);
    check(goal.check, ['goals', i, 'check']);
  }
  const until = scenario.until;
  need(until === undefined || (parseDuration(until) ?? 0) > 0, ['until'], 'a duration above zero', until ?? '');
  return problems;
}

/** A pattern with nested quantifiers can take exponential time on a hostile subject: such ones are refused. */
function compiles(pattern: string): boolean {
  const parts = /^\/(.+)\/$/s.exec(pattern);
  if (parts?.[1] === undefined) return true;
  if (/[+*}]\)[+*{]/.test(parts[1])) return false;
  try {
    new RegExp(parts[1], 'iu');
    return true;
  } catch {
    return false;
  }
}
