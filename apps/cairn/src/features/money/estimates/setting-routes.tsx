import { type Problem, problem } from '@cairn/kernel/problem';
import { Hono } from 'hono';
import { Actions, SubmitButton } from '../../../design/actions.tsx';
import { TextField } from '../../../design/controls.tsx';
import { Form } from '../../../design/form.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import { type RefusedForm, readTyped, typedText } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type TreasurerEnv, treasurersOnly, withSummit } from '../../summits/access.ts';
import { showMoneyPage } from '../page.tsx';
import { saveEstimateDays } from './setting-commands.ts';
import { estimateDays } from './setting-queries.ts';

type Context = AppContext<TreasurerEnv['Variables']>;
const PAGE = '/s/:summit/treasury/estimates/reminders';

/** `/s/<summit>/treasury/estimates/reminders`: when people are reminded of estimates. */
export function estimateSettingRoutes(): Hono<TreasurerEnv> {
  const routes = new Hono<TreasurerEnv>();
  routes.use(PAGE, withSummit, treasurersOnly);
  routes.get(PAGE, (c) => show(c));
  routes.post(PAGE, async (c) => {
    const { services, summit, treasurer } = c.var;
    const { typed } = await readTyped(c);
    const problems: Problem[] = [];
    const read = (name: string): number[] => daysIn(typedText(typed, name), name, problems);
    const days = { waitingDays: read('waiting'), missingDays: read('missing') };
    if (problems.length > 0) return show(c, { typed, problems });
    await inTransaction(services.db, (tx) => saveEstimateDays(tx, webActor(c), treasurer, days));
    return seeOther(c, `/s/${summit.slug}/treasury/estimates`, 'Saved.');
  });
  return routes;
}

function daysIn(text: string, name: string, problems: Problem[]): number[] {
  const parts = text.split(/[\s,;]+/).filter((part) => part !== '');
  if (parts.length > 10 || parts.some((part) => !/^\d{1,3}$/.test(part))) {
    const sentence = 'Write at most ten numbers of days, such as 3, 7, 14; or nothing for no mail.';
    problems.push(problem('no-days', sentence, { path: name }));
    return [];
  }
  return [...new Set(parts.map(Number))].sort((a, b) => a - b);
}

async function show(c: Context, refused?: RefusedForm) {
  const { services, summit } = c.var;
  const days = await estimateDays(services.db, summit.id);
  return showMoneyPage(
    c,
    { title: 'Reminders of estimates', status: refused === undefined ? 200 : 422 },
    <Form action={c.req.path} problems={refused?.problems} label="Reminders">
      <TextField
        name="waiting"
        label="Treasurers: after so many days of waiting"
        optional
        value={
          refused === undefined ? days.waitingDays.join(', ') : typedText(refused.typed, 'waiting')
        }
      />
      <TextField
        name="missing"
        label="Who needs one and has proposed none: so many days before arrival"
        optional
        value={
          refused === undefined ? days.missingDays.join(', ') : typedText(refused.typed, 'missing')
        }
      />
      <Actions>
        <SubmitButton>Save the days</SubmitButton>
      </Actions>
    </Form>,
  );
}
