import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tokenOf, withToken } from '../../../../../../tests/api.ts';
import { storeInvitation, storePerson } from '../../../../../../tests/summit.ts';
import {
  openSummitDatabase,
  type SummitDatabase,
} from '../../../../../../tests/summit-database.ts';

const WEEKS = '/s/sp_summit_2023/organise/weeks';
let house: SummitDatabase;
let bo: { readonly id: string; readonly token: string };
let organiser: string;

beforeAll(async () => {
  house = await openSummitDatabase();
  await house.found();
  const { id: summitId } = await house.summit('sp_summit_2023');
  const id = await storePerson(house.db, 'Bo Berg');
  await storeInvitation(house.db, summitId, id);
  bo = { id, token: await tokenOf(house, id) };
  organiser = await tokenOf(house, house.ada);
});
afterAll(() => house.drop());

const call = (method: string, path: string, token: string | undefined, json?: unknown) =>
  house.app.request(`/api/v1/summits/sp_summit_2023${path}`, withToken(token, { method, json }));

async function problemOf(answer: Response) {
  const { code } = (await answer.json()) as { code: string };
  return [answer.status, code];
}

describe('the API of the week poll', () => {
  test('says that there is none', async () => {
    expect(await problemOf(await call('GET', '/weeks', bo.token))).toEqual([404, 'no-poll']);
  });

  test('reads, answers, ranks and chooses as the pages do', async () => {
    const range = { do: 'range', from: '2023-05-15', until: '2023-05-26', days: '5', weekday: '1' };
    const rest = { arrival_days: '1', departure_days: '1', lead_months: '2' };
    await house.post(WEEKS, { ...range, ...rest });
    const answer = { start: '2023-05-22', answer: 'yes', note: 'gladly' };
    expect(
      await problemOf(await call('PUT', '/weeks/me', bo.token, { answers: [answer] })),
    ).toEqual([409, 'poll-draft']);
    const terms = {
      do: 'terms',
      remind_days: '',
      intro: '',
      currency: '',
      closes_on: '2023-02-20',
    };
    await house.post(`${WEEKS}/mails`, { ...terms, hide_until_closed: 'yes' });
    await house.post(WEEKS, { do: 'open' });
    expect((await call('PUT', '/weeks/me', bo.token, { answers: [answer] })).status).toBe(204);
    const wrong = { start: '2023-05-29', answer: 'yes' };
    expect(await problemOf(await call('PUT', '/weeks/me', bo.token, { answers: [wrong] }))).toEqual(
      [409, 'unknown-week'],
    );
    const perhaps = { ...answer, answer: 'perhaps' };
    expect((await call('PUT', '/weeks/me', bo.token, { answers: [perhaps] })).status).toBe(422);
    expect(await (await call('GET', '/weeks', bo.token)).json()).toMatchObject({
      state: 'open',
      takes_answers: true,
      closes_on: '2023-02-20',
      weeks: [
        { start: '2023-05-15', offered: true, counts: null },
        { start: '2023-05-22', arrival: '2023-05-21', counts: null },
      ],
      you: { answers: [answer], concern: null },
    });
    expect((await call('GET', '/weeks', undefined)).status).toBe(401);
    expect((await call('GET', '/weeks/ranking', bo.token)).status).toBe(403);
    const ranked = (await (await call('GET', '/weeks/ranking', organiser)).json()) as {
      weeks: { start: string; rank: number; counts: unknown }[];
      people: { id: string; answers: unknown }[];
    };
    expect(ranked.weeks.map(({ start, rank }) => [start, rank])).toEqual([
      ['2023-05-22', 1],
      ['2023-05-15', 2],
    ]);
    expect(ranked.people.find(({ id }) => id === bo.id)?.answers).toEqual({ '2023-05-22': 'yes' });
    const without = await call('GET', `/weeks/ranking?without=${bo.id}`, organiser);
    expect(await without.json()).toMatchObject({ weeks: [{ is_tied: true }, { is_tied: true }] });

    const choice = { start: '2023-05-15' };
    expect(await problemOf(await call('POST', '/weeks/choose', organiser, choice))).toEqual([
      409,
      'poll-open',
    ]);
    const chosen = await call('POST', '/weeks/choose', organiser, { ...choice, closing: true });
    expect(await chosen.json()).toEqual({ unsuited: 0, unanswered: 2 });
    const reply = { reply: 'come', note: '' };
    expect((await call('POST', '/weeks/me/reply', bo.token, reply)).status).toBe(204);
    expect(await (await call('GET', '/weeks', bo.token)).json()).toMatchObject({
      chosen: '2023-05-15',
      you: { concern: { why: 'unanswered', reply: 'come' } },
    });
  });
});
