/** What a front end is told of a scenario and its world: plain values, ready to draw. */
import type { LinkId, Micros, NodeId } from '../core/index.ts';
import type { ScenarioFile } from './scenario-schema.ts';
import type { Localized, WorldNode } from './world-schema.ts';

export interface NetworkView {
  readonly id: string;
  readonly label: Localized;
  readonly cidr: string;
  readonly region: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

export interface NodeView {
  readonly id: NodeId;
  readonly role: WorldNode['role'] | 'router' | 'switch' | 'visitor';
  readonly hostname: string;
  readonly addresses: readonly string[];
  readonly network: string;
  /** Place on the stage, in tiles. */
  readonly x: number;
  readonly y: number;
  readonly user: string;
}

export interface LinkView {
  readonly id: LinkId;
  readonly a: NodeId;
  readonly b: NodeId;
  readonly delay: Micros;
  readonly loss: number;
  readonly down: boolean;
}

/** Nodes drawn as one tile until unfolded. */
export interface FoldView {
  readonly id: string;
  readonly label: Localized;
  readonly members: readonly NodeId[];
  readonly x: number;
  readonly y: number;
}

export interface WorldView {
  readonly id: string;
  readonly networks: readonly NetworkView[];
  readonly nodes: readonly NodeView[];
  readonly links: readonly LinkView[];
  readonly folds: readonly FoldView[];
  /** Calendar time of virtual time 0, ms since 1970 UTC. */
  readonly epoch: number;
  readonly utcOffset: number;
}

/** A scenario as shown: the file itself, both languages, without what only the machine needs. */
export type ScenarioView = Omit<ScenarioFile, 'script' | 'budget'>;

/** A line of the catalogue. */
export interface ScenarioSummary {
  readonly id: string;
  readonly kind: ScenarioFile['kind'];
  readonly title: Localized;
  readonly summary: Localized;
  readonly topics: readonly string[];
  readonly minutes: number;
  readonly languages: readonly ('es' | 'en')[];
}

/** What is wrong with a file, and where. */
export interface FileProblem {
  readonly file: string;
  /** 1-based; 0 when the place is unknown. */
  readonly line: number;
  readonly column: number;
  /** Path in the document: `goals[2].check.pdu.verb`. */
  readonly path: string;
  readonly expected: string;
  readonly got: string;
}
