import { describe, expect, test } from 'vitest';
import { digestMail } from './digest-mail-rules.ts';

const deed = (number: number, by: string, said: string | null = null, kind = 'comment.added') => ({
  kind,
  data: {},
  whom: null,
  number,
  title: number === 12 ? 'Sparse arrays' : 'Wheels',
  by,
  said,
});
const place = { summit: 'The Summit', plan: 'https://x.org/s/a/plan' };

describe('a digest', () => {
  test('of one deed says it in the subject, and quotes what was said', () => {
    expect(digestMail([deed(12, 'Mira', 'Why?\n\nNo.')], place)).toEqual({
      subject: 'Mira commented on #12 Sparse arrays',
      body: '#12 Sparse arrays\nhttps://x.org/s/a/plan/12\n\nMira commented on #12 Sparse arrays:\n> Why?\n>\n> No.',
      number: 12,
    });
  });

  test('groups what happened by thread', () => {
    const { subject, body, number } = digestMail(
      [deed(12, 'Mira'), deed(13, 'Bo'), deed(12, 'Ann', 'x'.repeat(900))],
      place,
    );
    expect(subject).toBe('The Summit: news in 2 discussions of the plan');
    expect(number).toBe(undefined);
    expect(body.indexOf('Ann')).toBeLessThan(body.indexOf('#13 Wheels'));
    expect(body).toContain(`> ${'x'.repeat(400)} …`);
  });

  test('of one thread with several deeds counts them', () => {
    expect(digestMail([deed(12, 'Mira'), deed(12, 'Bo')], place).subject).toBe(
      'Sparse arrays (#12): 2 pieces of news',
    );
  });
});
