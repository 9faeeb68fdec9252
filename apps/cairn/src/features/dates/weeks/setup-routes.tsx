import { problem } from '@cairn/kernel/problem';
import { expectZone } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import { Hono } from 'hono';
import { Menu } from '../../../design/layout.tsx';
import { inTransaction } from '../../../platform/db/command.ts';
import { type AppContext, webActor } from '../../../platform/http/env.ts';
import type { FetchOutside } from '../../../platform/http/fetch-outside.ts';
import { formProblems, readTyped, type Typed } from '../../../platform/http/form.ts';
import { seeOther } from '../../../platform/http/notice.ts';
import { type OrganiserEnv, organisersOnly, withSummit } from '../../summits/access.ts';
import { showPage } from '../../summits/page.tsx';
import { answerTotals } from './answer-queries.ts';
import {
  addBlackouts,
  chooseCountries,
  removeBlackout,
  weighBlackout,
} from './blackout-commands.ts';
import {
  BlackoutForm,
  BlackoutTable,
  CountriesForm,
  ImportForm,
  Unread,
} from './blackout-views.tsx';
import { guestZones } from './guest-queries.ts';
import { countriesOfZones, knownCountries } from './holiday-rules.ts';
import { type CalendarDays, calendarDays } from './ics-rules.ts';
import { changeRange } from './poll-commands.ts';
import { blackoutsOf, countriesOf, pollOf, weeksOfPoll } from './poll-queries.ts';
import { mayBeEdited, type Poll, todayAt } from './poll-rules.ts';
import { PollMenu } from './poll-views.tsx';
import { RangeForm } from './range-views.tsx';
import {
  blackoutChange,
  blackoutForm,
  importForm,
  type Refilled,
  rangeForm,
  readCountries,
  readWeekWords,
} from './setup-schema.ts';
import { sayOfWeeks } from './week-commands.ts';
import { WeekPreview, WeekReasons, WeekTable } from './week-table-views.tsx';

type OrganiserContext = AppContext<OrganiserEnv['Variables']>;

/** Which of the page's forms was refused, and with what. */
interface RefusedForm extends Refilled {
  readonly form: 'range' | 'weeks' | 'add' | 'import';
}

/** Calendars of conferences are small; one of 4 MB holds some ten thousand entries. */
const OUTSIDE = { accept: 'text/calendar', maxBytes: 8 * 1024 * 1024, timeoutMs: 20_000 };

async function showSetup(
  c: OrganiserContext,
  poll: Poll,
  { refused, imported }: { refused?: RefusedForm; imported?: CalendarDays } = {},
): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const { db, clock } = services;
  const home = `/s/${summit.slug}/organise/weeks`;
  const action = `${home}/setup`;
  const weeks = await weeksOfPoll(db, poll, todayAt(summit.definition, clock.now()));
  const mayEdit = mayBeEdited(poll.state);
  const of = (form: RefusedForm['form']) => (refused?.form === form ? refused : undefined);
  return showPage(
    c,
    {
      title: 'Weeks and days',
      status: refused === undefined ? 200 : 422,
      lede: 'Which weeks people are asked about, and why not the others.',
    },
    <>
      <PollMenu home={home} current={action} />
      {imported !== undefined && <Unread unread={imported.unread} />}
      <WeekPreview weeks={weeks} />
      {mayEdit ? (
        <>
          <Menu
            label="On this page"
            items={[
              { href: '#range', label: 'Range' },
              { href: '#holidays', label: 'Holidays' },
              { href: '#days', label: 'Other days' },
              { href: '#weeks', label: 'Week by week' },
            ]}
          />
          <h2 id="range">Range</h2>
          <p>Moving the range loses no answer: each belongs to its week’s first day.</p>
          <RangeForm
            action={`${action}#range`}
            range={poll}
            verb="Save the range"
            refused={of('range')}
          />
          <h2 id="holidays">Holidays</h2>
          <CountriesForm
            action={`${action}#holidays`}
            chosen={await countriesOf(db, summit.id)}
            suggested={countriesOfZones(await guestZones(db, organiser))}
            known={await knownCountries()}
          />
          <h2 id="days">Days that count against a week</h2>
          <BlackoutTable action={`${action}#days`} blackouts={await blackoutsOf(db, summit.id)} />
          <h3>Type days</h3>
          <BlackoutForm action={`${action}#days`} refused={of('add')} />
          <h3>Import a calendar</h3>
          <ImportForm action={`${action}#days`} refused={of('import')} />
          <h2 id="weeks">Week by week</h2>
          <WeekTable
            action={`${action}#weeks`}
            weeks={weeks}
            currency={poll.currency}
            answered={await answerTotals(db, summit.id)}
            refused={of('weeks')}
          />
        </>
      ) : (
        <>
          <p>
            {poll.state === 'chosen'
              ? 'The week is chosen; take the choice back to change the weeks.'
              : 'This poll was given up; take it up again to change the weeks.'}
          </p>
          <WeekReasons weeks={weeks} />
        </>
      )}
    </>,
  );
}

/** The text of a calendar that was sent or that an address leads to. */
async function calendarText(fetchOutside: FetchOutside, file: File | undefined, url: string) {
  if (file !== undefined) {
    return { ok: true as const, value: { text: await file.text(), name: file.name } };
  }
  if (url === '') {
    const sentence = 'Choose a calendar file, or write the address of one.';
    return { ok: false as const, error: problem('no-calendar', sentence, { path: 'file' }) };
  }
  const read = await fetchOutside(url, OUTSIDE);
  if (read.ok) return { ok: true as const, value: { text: read.value.text, name: 'The calendar' } };
  return { ok: false as const, error: { ...read.error, place: { path: 'url' } } };
}

async function importCalendar(
  c: OrganiserContext,
  poll: Poll,
  typed: Typed,
  file: File | undefined,
): Promise<Response> {
  const { summit, organiser, services } = c.var;
  const action = `/s/${summit.slug}/organise/weeks/setup`;
  const refuse = (problems: Refilled['problems']) =>
    showSetup(c, poll, { refused: { form: 'import', typed, problems } });
  const form = importForm.safeParse(typed);
  if (!form.success) return refuse(formProblems(form.error));
  const { kind, effect, url } = form.data;
  const calendar = await calendarText(services.fetchOutside, file, url);
  if (!calendar.ok) return refuse([calendar.error]);
  const range = {
    from: poll.from.subtract({ days: poll.arrivalDays }),
    until: poll.until.add({ days: poll.departureDays }),
  };
  const days = calendarDays(calendar.value.text, calendar.value.name, range, {
    zone: expectZone(summit.definition.zone),
    wholeDays: form.data.whole_days === 'yes',
  });
  const path = file === undefined ? 'url' : 'file';
  if (!days.ok) {
    const sentence = `${calendar.value.name}: ${days.error.sentence}`;
    return refuse([problem(days.error.code, sentence, { path })]);
  }
  const added = await inTransaction(services.db, (tx) =>
    addBlackouts(
      tx,
      webActor(c),
      organiser,
      days.value.found.map((each) => ({ ...each, kind, effect })),
      'ics',
    ),
  );
  if (!added.ok) return refuse([{ ...added.error, place: { path } }]);
  // What was not understood has to be listed, and a redirect would lose it.
  if (days.value.unread.length > 0) return showSetup(c, poll, { imported: days.value });
  const entries = counted(added.value, 'entry', 'entries');
  const known = days.value.found.length - added.value;
  return seeOther(
    c,
    `${action}#days`,
    days.value.found.length === 0
      ? 'This calendar has no entry within the range.'
      : `${entries} taken over${known > 0 ? `; ${known} were there already` : ''}.`,
  );
}

/** `/s/<summit>/organise/weeks/setup`: range, holidays, days by hand and from calendars, and the weeks. */
export function weekSetupRoutes(): Hono<OrganiserEnv> {
  const routes = new Hono<OrganiserEnv>();
  const address = '/s/:summit/organise/weeks/setup';
  routes.use(address, withSummit, organisersOnly);

  routes.get(address, async (c) => {
    const poll = await pollOf(c.var.services.db, c.var.summit.id);
    if (poll === undefined) return c.redirect(`/s/${c.var.summit.slug}/organise/weeks`, 303);
    return showSetup(c, poll);
  });

  routes.post(address, async (c) => {
    const { summit, organiser, services } = c.var;
    const { db, clock } = services;
    const action = `/s/${summit.slug}/organise/weeks/setup`;
    const poll = await pollOf(db, summit.id);
    if (poll === undefined) return c.redirect(`/s/${summit.slug}/organise/weeks`, 303);
    const { typed, files } = await readTyped(c);
    const actor = webActor(c);
    switch (typed['do']) {
      case 'range': {
        const form = rangeForm.safeParse(typed);
        if (!form.success) {
          const problems = formProblems(form.error);
          return showSetup(c, poll, { refused: { form: 'range', typed, problems } });
        }
        const changed = await inTransaction(db, (tx) =>
          changeRange(tx, actor, organiser, form.data),
        );
        if (!changed.ok) {
          return showSetup(c, poll, {
            refused: { form: 'range', typed, problems: [changed.error] },
          });
        }
        return seeOther(c, `${action}#range`, 'The range is saved; look at the weeks.');
      }
      case 'countries': {
        const chosen = await inTransaction(db, (tx) =>
          chooseCountries(tx, actor, organiser, readCountries(typed)),
        );
        return seeOther(
          c,
          `${action}#holidays`,
          chosen.ok ? 'The countries are saved; look at the weeks.' : chosen.error.sentence,
        );
      }
      case 'add': {
        const form = blackoutForm.safeParse(typed);
        const added = form.success
          ? await inTransaction(db, (tx) =>
              addBlackouts(tx, actor, organiser, [form.data], 'typed'),
            )
          : undefined;
        if (form.success && added?.ok === true) {
          const notice = added.value === 0 ? 'These days were there already.' : 'Added.';
          return seeOther(c, `${action}#days`, notice);
        }
        const problems = form.success
          ? added?.ok === false
            ? [added.error]
            : []
          : formProblems(form.error);
        return showSetup(c, poll, { refused: { form: 'add', typed, problems } });
      }
      case 'blackout': {
        const form = blackoutChange.safeParse(typed);
        if (!form.success) return seeOther(c, `${action}#days`, 'Nothing was changed; try again.');
        const { blackout, change } = form.data;
        const done = await inTransaction(db, (tx) =>
          change === 'remove'
            ? removeBlackout(tx, actor, organiser, blackout)
            : weighBlackout(tx, actor, organiser, blackout, change),
        );
        return seeOther(c, `${action}#days`, done.ok ? 'Changed.' : done.error.sentence);
      }
      case 'import':
        return importCalendar(c, poll, typed, files.get('file'));
      case 'weeks': {
        const weeks = await weeksOfPoll(db, poll, todayAt(summit.definition, clock.now()));
        const words = readWeekWords(typed, weeks, poll.currency);
        const said = words.ok
          ? await inTransaction(db, (tx) => sayOfWeeks(tx, actor, organiser, words.value))
          : { ok: false as const, error: words.error };
        if (!said.ok) {
          const problems = Array.isArray(said.error) ? said.error : [said.error];
          return showSetup(c, poll, { refused: { form: 'weeks', typed, problems } });
        }
        const notice =
          said.value === 0
            ? 'Nothing had changed.'
            : `${counted(said.value, 'week is', 'weeks are')} changed. No answer was touched.`;
        return seeOther(c, `${action}#weeks`, notice);
      }
      default:
        return seeOther(c, action, 'Nothing was changed; press one of the buttons.');
    }
  });

  return routes;
}
