/**
 * What the drawings need to know of a world: a structural subset of the scenario layer's `WorldView`, which this layer may not import.
 * Places and regions are in tiles; the views turn tiles into pixels.
 */
import type { LinkId, Micros, NodeId } from '../core/index.ts';

/** A text of the scenario's author in both languages. */
export interface StageText {
  readonly es: string;
  readonly en: string;
}

export interface StageNetwork {
  readonly id: string;
  readonly label: StageText;
  readonly cidr: string;
  readonly region: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
}

export interface StageNode {
  readonly id: NodeId;
  /** `workstation`, `mta`, `mda`, `nameserver`, `resolver`, `server`, `router`, `switch`, `visitor`. */
  readonly role: string;
  readonly hostname: string;
  readonly addresses: readonly string[];
  readonly network: string;
  readonly x: number;
  readonly y: number;
  readonly user: string;
}

export interface StageLink {
  readonly id: LinkId;
  readonly a: NodeId;
  readonly b: NodeId;
  readonly delay: Micros;
  readonly loss: number;
  readonly down: boolean;
}

export interface StageFold {
  readonly id: string;
  readonly label: StageText;
  readonly members: readonly NodeId[];
  readonly x: number;
  readonly y: number;
}

export interface StageWorld {
  readonly networks: readonly StageNetwork[];
  readonly nodes: readonly StageNode[];
  readonly links: readonly StageLink[];
  readonly folds: readonly StageFold[];
}
