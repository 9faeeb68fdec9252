import type { TracePoint } from '@cairn/timetable/drawing/descent';
import type { Values } from '@cairn/timetable/sessions/model';
import type { Wanted } from './summit.ts';

/** What the page asks of its worker. */
export type Order =
  | { readonly kind: 'start'; readonly wanted: Wanted; readonly iterations: number }
  | { readonly kind: 'stop' }
  | { readonly kind: 'continue' };

/** What the worker tells the page, some times a second. */
export interface News {
  readonly state: 'searching' | 'stopped' | 'done';
  readonly iterations: number;
  readonly values: Values;
  readonly slot: readonly number[];
  readonly room: readonly number[];
  readonly trace: readonly TracePoint[];
  /** By level what no timetable can be better than. */
  readonly bounds: readonly (number | undefined)[];
}
