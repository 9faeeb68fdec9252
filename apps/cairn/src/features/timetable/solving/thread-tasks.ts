import type { Instance, Timetable } from '@cairn/timetable/sessions/model';

/** What a thread can be given to do; everything in it can be cloned. */
export type ThreadTask = FindTask | RepairTask | WhyNotTask;

export interface FindTask {
  readonly kind: 'find';
  readonly seed: number;
  /** For all proposals together; left out where `iterations` say how many moves each may weigh. */
  readonly milliseconds?: number;
  readonly iterations?: number;
  /** For each proof, by the solver's own clock. */
  readonly proofSeconds: number;
  readonly variants: readonly {
    readonly aim: string;
    readonly instance: Instance;
    readonly from?: Timetable;
  }[];
}

export interface RepairTask {
  readonly kind: 'repair';
  readonly instance: Instance;
  readonly previous: Timetable;
  readonly seed: number;
  readonly measure: 'sessions' | 'people';
  readonly pinned: readonly number[];
  readonly past: readonly number[];
}

export interface WhyNotTask {
  readonly kind: 'why-not';
  readonly instance: Instance;
  readonly timetable: Timetable;
  readonly session: number;
  readonly slot: number;
  readonly room?: number;
  readonly pinned: readonly number[];
  readonly past: readonly number[];
}

export interface FoundTimetable {
  readonly aim: string;
  readonly slot: readonly number[];
  readonly room: readonly number[];
  /** By the levels of its own instance. */
  readonly values: readonly number[];
  readonly iterations: number;
}

export interface ProofMessage {
  readonly aim: string;
  readonly verdict: 'optimal' | 'gap' | 'infeasible';
  readonly bounds: readonly number[];
  readonly sentences: readonly string[];
}

export interface OfferMessage {
  /** How many moves more than the fewest it was allowed. */
  readonly more: number;
  readonly slot: readonly number[];
  readonly room: readonly number[];
  readonly values: readonly number[];
  readonly cost: number;
  readonly isBest: boolean;
}

export interface RepairMessage {
  readonly verdict: 'repaired' | 'impossible' | 'unknown';
  readonly least: number | null;
  readonly atLeast: number | null;
  readonly isProven: boolean;
  /** What must move, and what is proven. */
  readonly sentences: readonly string[];
  readonly offers: readonly OfferMessage[];
}

export interface WhyNotMessage {
  readonly sentences: readonly string[];
  /** What else moves in the best timetable that has it there. */
  readonly best: { readonly slot: readonly number[]; readonly room: readonly number[] } | null;
}

/** What would help a timetable, and by how much it changes each level of its values; below zero is better. */
export interface HelpMessage {
  readonly what: string;
  readonly change: readonly number[];
}

export type ThreadMessage =
  | {
      readonly kind: 'progress';
      readonly stage: string;
      readonly done: number;
      readonly of: number;
      readonly values: readonly number[];
    }
  | { readonly kind: 'found'; readonly found: FoundTimetable }
  | { readonly kind: 'proof'; readonly proof: ProofMessage }
  | { readonly kind: 'conflict'; readonly sentences: readonly string[] }
  | { readonly kind: 'repair'; readonly repair: RepairMessage }
  | { readonly kind: 'why-not'; readonly whyNot: WhyNotMessage }
  | { readonly kind: 'helps'; readonly helps: readonly HelpMessage[] };
