import type { Problem } from '@cairn/kernel/problem';
import { renderToString } from 'preact-render-to-string';
import type { AppContext } from '../../../platform/http/env.ts';
import { type Typed, typedText } from '../../../platform/http/form.ts';
import type { OrganiserEnv } from '../../summits/access.ts';
import { currentTimetable } from '../release/current-queries.ts';
import { factsAround } from './check-queries.ts';
import type { ContradictionFacts } from './contradiction-rules.ts';
import { AsTypedWords, type TypedFaults } from './contradiction-views.tsx';
import { contradictionsIn, contradictionsOf } from './frame-check-rules.ts';
import { frameOf } from './frame-queries.ts';

/** The script that says what contradicts itself while it is typed. */
export const CHECK_SCRIPTS = ['/assets/contradictions.js'];

/** A handler of an organiser's page. */
export type MakingContext = AppContext<OrganiserEnv['Variables']>;

/** What contradictions are looked for in, for the summit of a request; undefined before a frame is begun. */
export async function factsFor(c: MakingContext): Promise<ContradictionFacts | undefined> {
  const { summit, services } = c.var;
  const frame = await frameOf(services.db, summit);
  return frame && (await factsAround(services.db, summit, frame));
}

/** The same with what is released, for a form: what a change would do to it is said first. */
export async function factsForForm(c: MakingContext): Promise<ContradictionFacts | undefined> {
  const facts = await factsFor(c);
  if (facts === undefined) return undefined;
  const current = await currentTimetable(c.var.services.db, c.var.summit.id);
  return { ...facts, released: current?.sessions ?? [] };
}

/** What a change would contradict. */
export const faultsOf = (
  before: ContradictionFacts,
  after: ContradictionFacts,
  about: readonly string[],
): TypedFaults => ({
  problems: [],
  contradictions: contradictionsOf(contradictionsIn(before), contradictionsIn(after), about),
});

/** Whether what was sent is to be saved although it contradicts something. */
export const isDespite = (typed: Typed): boolean => typedText(typed, 'despite') === 'yes';

/** What the script shows under a form. */
export const answerFaults = (c: AppContext, faults: TypedFaults): Response =>
  c.html(renderToString(<AsTypedWords {...faults} />));

/** The faults of a form that cannot be read yet. */
export const unread = (problems: readonly Problem[]): TypedFaults => ({
  problems,
  contradictions: [],
});
