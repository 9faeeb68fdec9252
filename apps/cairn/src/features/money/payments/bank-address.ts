import type { Problem } from '@cairn/kernel/problem';
import type { AppContext } from '../../../platform/http/env.ts';
import type { Typed } from '../../../platform/http/form.ts';
import { UUID } from '../../../platform/http/route-pattern.ts';
import type { TreasurerEnv } from '../../summits/access.ts';

/** A request of a treasurer. */
export type TreasurerContext = AppContext<TreasurerEnv['Variables']>;

/** What was typed, and what is wrong with it. */
export interface Refused {
  readonly typed: Typed;
  readonly problems: readonly Problem[];
}

/** Payments. */
export const HOME = '/s/:summit/treasury/payments';

/** A row of a bank’s list. */
export const ROW = `${HOME}/rows/:row{${UUID}}`;

/** The address of payments. */
export const baseOf = (c: TreasurerContext): string => `/s/${c.var.summit.slug}/treasury/payments`;
