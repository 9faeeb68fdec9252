import { type Problem, problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import type { ComponentChildren } from 'preact';
import { inTransaction } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { AppContext } from '../../../platform/http/env.ts';
import type { Typed } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { agreementOf } from '../../people/agreement/agreement-rules.ts';
import type { OrganiserEnv } from '../../summits/access.ts';
import { showPage } from '../../summits/page.tsx';
import type { Summit } from '../../summits/queries.ts';
import type { TypedFields } from './series-form-views.tsx';
import type { AttendRule } from './series-views.tsx';

/** An organiser at the series. */
export type OrganiserContext = AppContext<OrganiserEnv['Variables']>;

/** What a form held, as single texts. */
export const textsOf = (typed: Typed): TypedFields =>
  Object.fromEntries(
    Object.entries(typed).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : value[0],
    ]),
  );

/** The promises about meetings, as the summit asks for them. */
export const attendRules = ({ definition }: Summit): AttendRule[] =>
  agreementOf(definition).obligations.flatMap(({ key, text, rule }) =>
    rule.kind === 'attend' ? [{ key, wording: text, required: rule.meetings }] : [],
  );

/** What the definition refused, at the field that says it: its own place is one of the file. */
export const atField = ({ code, sentence }: Problem, path: string): Problem =>
  problem(code, sentence, { path });

/** Where the series is. */
export const seriesAddress = (c: OrganiserContext): string =>
  `/s/${c.var.summit.slug}/organise/meetings`;

/** Runs a change and goes back to the series; or shows the form again with what was wrong. */
export async function change(
  c: OrganiserContext,
  command: (tx: Tx) => Promise<Result<unknown, Problem>>,
  done: string,
  refuse: (problem: Problem) => Response | Promise<Response>,
): Promise<Response> {
  const changed = await inTransaction(c.var.services.db, command);
  return changed.ok ? seeOther(c, seriesAddress(c), done) : refuse(changed.error);
}

/** Shows a page of the series: 422 with its problems. */
export const shown = (
  c: OrganiserContext,
  title: string,
  problems: readonly Problem[],
  body: ComponentChildren,
) => showPage(c, { title, status: problems.length > 0 ? 422 : 200 }, body);
