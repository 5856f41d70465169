/** How the machines of this folder write a transition: where to, what to do, what it is called, and which clause says so. */

export interface Transition {
  readonly target?: string;
  readonly reenter?: boolean;
  readonly actions?: readonly string[];
  readonly description: string;
  readonly meta: { readonly rfc: string };
}

export type Transitions = Readonly<Record<string, Transition>>;
