import type { VNode } from 'preact';
import type { Reader } from '../../../platform/db/database.ts';
import type { Self } from '../../people/rights.ts';
import { watchOf } from './digest-queries.ts';
import { WatchSection } from './digest-views.tsx';

/** On the page of a thread: whether its reader hears of it by mail, and a button to change that. */
export const watchSection = async (
  db: Reader,
  self: Self,
  { home, number }: { readonly home: string; readonly number: number },
): Promise<VNode> => (
  <WatchSection home={home} number={number} watches={await watchOf(db, self, number)} />
);
