import type { Problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { counted } from '@cairn/kernel/words';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { formProblems, type Typed, typedText } from '../../../platform/http/form.ts';
import type { OrganiserEnv } from '../../summits/access.ts';
import { moveForm, planForm, tablesForm } from './meal-schema.ts';
import { type MealId, orderMeal, savePlan } from './plan-commands.ts';
import { moveDiner, proposeTables, setTables } from './table-commands.ts';

/** Does what a form of a meal's page asks for, and says what was done. */
export async function changeMeal(
  c: AppContext<OrganiserEnv['Variables']>,
  { date, meal }: MealId,
  part: string,
  typed: Typed,
): Promise<Result<string, readonly Problem[]>> {
  const { organiser, services } = c.var;
  const id = { date, meal };
  const run = async <T>(
    command: Parameters<typeof inTransaction<T>>[1],
    done: (value: T) => string,
  ): Promise<Result<string, readonly Problem[]>> => {
    const changed = await inTransaction(services.db, command);
    return changed.ok ? ok(done(changed.value)) : fail([changed.error]);
  };
  if (part === 'order') {
    const people = /^\d{1,6}$/.test(typedText(typed, 'people'))
      ? Number(typedText(typed, 'people'))
      : undefined;
    return run(
      (tx) => orderMeal(tx, webActor(c), organiser, { ...id, people }),
      () => 'Noted. What changes from now on is told here and in the list of meals.',
    );
  }
  if (part === 'propose') {
    const parsed = tablesForm.safeParse(typed);
    if (!parsed.success) return fail(formProblems(parsed.error));
    return run(
      (tx) => proposeTables(tx, webActor(c), organiser, { ...id, ...parsed.data }),
      ({ statement }) => statement.join(' '),
    );
  }
  if (part === 'move') {
    const parsed = moveForm.safeParse(typed);
    if (!parsed.success) return fail(formProblems(parsed.error));
    return run(
      (tx) => moveDiner(tx, webActor(c), organiser, { ...id, ...parsed.data }),
      () => 'Saved.',
    );
  }
  if (part === 'set') {
    const tells = typedText(typed, 'tells') === 'yes';
    return run(
      (tx) => setTables(tx, webActor(c), organiser, { ...id, tells }),
      ({ told }) => `The tables are set. ${counted(told, 'person is', 'people are')} told by mail.`,
    );
  }
  const parsed = planForm.safeParse(typed);
  if (!parsed.success) return fail(formProblems(parsed.error));
  return run(
    (tx) => savePlan(tx, webActor(c), organiser, { ...id, ...parsed.data }),
    () => 'Saved.',
  );
}
