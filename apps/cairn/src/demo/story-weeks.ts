import { type PlainDate, Temporal } from '@cairn/kernel/time';
import type { WeekAnswer } from '@cairn/timetable/week-ranking';
import { saveAnswers } from '../features/dates/weeks/answer-commands.ts';
import type { SaidOfWeek } from '../features/dates/weeks/answer-rules.ts';
import { askPeople, remindPeople } from '../features/dates/weeks/ask-commands.ts';
import { addBlackouts, chooseCountries } from '../features/dates/weeks/blackout-commands.ts';
import { chooseWeek } from '../features/dates/weeks/choice-commands.ts';
import { sayOfGuests } from '../features/dates/weeks/guest-commands.ts';
import { changeTerms, makePoll } from '../features/dates/weeks/poll-commands.ts';
import { closePoll, openPoll } from '../features/dates/weeks/poll-life-commands.ts';
import { pollOf, weeksOfPoll } from '../features/dates/weeks/poll-queries.ts';
import { todayAt } from '../features/dates/weeks/poll-rules.ts';
import { offered } from '../features/dates/weeks/week-rules.ts';
import { selfIn } from '../features/people/rights.ts';
import { summitById } from '../features/summits/queries.ts';
import { DEMO_HOST, DEMO_ORGANISER } from './people.ts';
import { type Player, pacific, type Stage } from './stage.ts';

const day = (text: string): PlainDate => Temporal.PlainDate.from(text);

/** The week that the summit had, and that most people can come in. */
const WEEK = day('2023-05-22');
/** Rows of the file who never say which weeks suit them. */
const SILENT = [13, 20, 33, 39, 46];

/** November 2022 to January 2023: one week between February and June is looked for, and found. */
export async function chooseTheWeek(stage: Stage): Promise<void> {
  const { clock, services } = stage;
  const organiser = await stage.organiser();
  clock.set(pacific('2022-11-17T10:00'));
  await makeThePoll(stage);
  clock.set(pacific('2022-11-18T09:00'));
  await stage.do((tx) => openPoll(tx, stage.actor(), organiser, { tentative: true }));
  await stage.do((tx) => askPeople(tx, stage.actor(), organiser, services.url));
  for (const [index, player] of stage.players.entries()) {
    if (SILENT.includes(index)) continue;
    clock.set(pacific('2022-11-19T08:00').add({ hours: 7 * index }));
    await answer(stage, player);
  }
  clock.set(pacific('2022-12-05T09:00'));
  await stage.do((tx) => remindPeople(tx, stage.actor(), organiser, services.url));
  clock.set(pacific('2022-12-15T09:00'));
  await stage.do((tx) => closePoll(tx, stage.actor(), organiser));
  clock.set(pacific('2023-01-06T11:00'));
  await stage.do((tx) =>
    chooseWeek(tx, stage.actor(), organiser, { start: WEEK, closing: false, url: services.url }),
  );
}

async function makeThePoll(stage: Stage): Promise<void> {
  const organiser = await stage.organiser();
  const actor = stage.actor();
  await stage.do((tx) =>
    makePoll(tx, actor, organiser, {
      from: day('2023-02-01'),
      until: day('2023-06-30'),
      days: 5,
      weekday: 1,
      arrivalDays: 1,
      departureDays: 1,
      leadMonths: 4,
    }),
  );
  await stage.do((tx) =>
    changeTerms(tx, actor, organiser, {
      intro: 'Please tell us by mid-December; we book the rooms before Christmas.',
      closesOn: day('2022-12-14'),
      remindDays: [7, 2],
      hideUntilClosed: true,
      currency: undefined,
    }),
  );
  await stage.do((tx) =>
    chooseCountries(
      tx,
      actor,
      organiser,
      new Map([
        ['US', 'excludes'],
        ['DE', 'mentions'],
        ['FR', 'mentions'],
        ['GB', 'mentions'],
        ['IN', 'mentions'],
        ['JP', 'mentions'],
        ['PL', 'mentions'],
      ]),
    ),
  );
  await stage.do((tx) =>
    addBlackouts(
      tx,
      actor,
      organiser,
      [
        ['graduation', 'Graduation at the university', '2023-06-09', '2023-06-11'],
        ['conference', 'A conference for which half of us travel', '2023-04-17', '2023-04-23'],
        ['venue', 'The rooms are taken by a course', '2023-06-19', '2023-06-30'],
      ].map(([kind, title = '', from = '', until = '']) => ({
        kind: kind as 'graduation' | 'conference' | 'venue', // as written above
        effect: 'excludes' as const,
        title,
        from: day(from),
        until: day(until),
      })),
      'typed',
    ),
  );
  const needed = [DEMO_ORGANISER.name, DEMO_HOST.name].map((name) => stage.playerNamed(name).id);
  await stage.do((tx) =>
    sayOfGuests(
      tx,
      actor,
      organiser,
      needed.map((personId) => ({ personId, isAsked: true, isNeeded: true, weight: 1 })),
    ),
  );
}

async function answer(stage: Stage, { id, role }: Player): Promise<void> {
  const { definition } = await summitById(stage.db, stage.summitId);
  const poll = await pollOf(stage.db, stage.summitId);
  if (poll === undefined) throw new Error('the demo has lost its week poll');
  const now = stage.clock.now();
  const weeks = offered(await weeksOfPoll(stage.db, poll, todayAt(definition, now)));
  const said = new Map<string, SaidOfWeek>(
    weeks.map(({ start }) => [
      start.toString(),
      { answer: likes(role.ease, start), note: noteOf(role.entry.name, start) },
    ]),
  );
  const remark = role.answer === 'decline' ? 'It is a full spring; I may not come at all.' : '';
  await stage.do((tx) =>
    saveAnswers(tx, stage.actor(id), selfIn(stage.summitId, { personId: id }), {
      weeks: said,
      remark,
    }),
  );
}

/** Everybody has weeks of their own that do not suit them; nearly everybody can come in late May. */
function likes(ease: number, start: PlainDate): WeekAnswer {
  const habit = (ease * 997 + start.dayOfYear * 0.37) % 1;
  if (start.equals(WEEK)) return ease < 0.08 ? 'no' : ease < 0.25 ? 'if_need_be' : 'yes';
  if (habit < 0.3) return 'no';
  return habit < 0.55 ? 'if_need_be' : 'yes';
}

const noteOf = (name: string, start: PlainDate): string =>
  name === 'Yuki Hoshino' && start.month === 5 && start.day <= 8 ? 'Golden Week.' : '';
