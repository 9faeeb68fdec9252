import { expectOk } from '@cairn/kernel/result';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type Comer,
  openReviewWorld,
  type ReviewWorld,
} from '../../../../../../tests/review-world.ts';
import { TEST_URL, testGit } from '../../../../../../tests/services.ts';
import { inTransaction } from '../../../platform/db/command.ts';
import { giveReview } from '../reviews/review-commands.ts';
import { moveTopic, openTopic } from '../topics/topic-commands.ts';
import { EMPTY_TOPIC_FORM } from '../topics/topic-form-rules.ts';
import { activityOf } from './activity-queries.ts';
import { OPENED_IN, TOLD_KINDS, type ToldGroup, wordsFor } from './activity-rules.ts';

const services = { git: testGit, url: TEST_URL };
let world: ReviewWorld;
let mira: Comer;
let bo: Comer;

beforeAll(async () => {
  world = await openReviewWorld([
    { path: 'README.md', content: '# The plan\n' },
    {
      path: 'plan.yaml',
      content:
        'everywhere: {reviewers: anyone, approvals: 1, window-days: 0, direct: nobody}\nfolders:\n  topics: {direct: anyone}\n',
    },
  ]);
  mira = await world.comer('Mira Novak');
  bo = await world.comer('Bo Berg');
});
afterAll(() => world.drop());

/** What is told, the oldest first. */
async function told(number: number, what?: ToldGroup): Promise<string[]> {
  const all = await activityOf(world.db, world.summitId, {
    limit: 50,
    number,
    ...(what === undefined ? {} : { kinds: TOLD_KINDS[what], opened: OPENED_IN[what] }),
  });
  return all.reverse().map((one) => `${one.by.name} ${wordsFor(one).before}`);
}

describe('one deed is told once', () => {
  test('a review with remarks on lines is one, and a proposal is proposed once', async () => {
    const number = await world.propose(mira, 'Say it better', [
      { path: 'README.md', content: '# Our plan\n' },
    ]);
    const review = {
      number,
      version: 1,
      verdict: 'request_changes',
      body: 'A word.',
      lines: [{ path: 'README.md', side: 'new', line: 1, body: 'Whose?' }],
    } as const;
    expectOk(
      await inTransaction(world.db, (tx) => giveReview(tx, services, bo.actor(), bo.self, review)),
    );
    expect(await told(number)).toEqual(['Mira Novak proposed', 'Bo Berg asked for changes in']);
    expect(await told(number, 'proposals')).toEqual(['Mira Novak proposed']);
    expect(await told(number, 'topics')).toEqual([]);
  });

  test('a topic begins with its labels, and is moved without being closed as well', async () => {
    const member = { self: mira.self, organiser: undefined };
    const form = { ...EMPTY_TOPIC_FORM, title: 'Wheels', problem: 'None.', labels: 'build' };
    const { number } = expectOk(
      await inTransaction(world.db, (tx) =>
        openTopic(tx, services, mira.actor(), member, form, 'America/Los_Angeles'),
      ),
    );
    expectOk(
      await inTransaction(world.db, (tx) =>
        moveTopic(tx, services, mira.actor(), member, number, 'dropped'),
      ),
    );
    expect(await told(number)).toEqual(['Mira Novak opened', 'Mira Novak moved']);
    expect(await told(number, 'topics')).toEqual(['Mira Novak opened', 'Mira Novak moved']);
  });
});
