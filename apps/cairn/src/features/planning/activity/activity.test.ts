import { Temporal } from '@cairn/kernel/time';
import { describe, expect, test } from 'vitest';
import {
  ALL_TOLD,
  isToldElsewhere,
  MAILED_KINDS,
  toldTogether,
  wordsFor,
} from './activity-rules.ts';

const say = (kind: string, data: Record<string, unknown> = {}, whom: string | null = null) => {
  const { before, after } = wordsFor({ kind, data, whom });
  return `Mira ${before} #12 Sparse arrays${after}`;
};

describe('what happened', () => {
  test('is told in words', () => {
    expect(say('review.given', { verdict: 'approve' })).toBe('Mira approved #12 Sparse arrays');
    expect(say('thread.opened', { kind: 'topic' })).toBe('Mira opened #12 Sparse arrays');
    expect(say('thread.opened', { kind: 'proposal' })).toBe('Mira proposed #12 Sparse arrays');
    expect(say('thread.opened', { kind: 'decision' })).toBe('Mira recorded #12 Sparse arrays');
    expect(say('proposal.versioned', { version: 2 })).toBe(
      'Mira brought version 2 of #12 Sparse arrays',
    );
    expect(say('topic.changed', { state: 'planned' })).toBe(
      'Mira moved #12 Sparse arrays to planned',
    );
    expect(say('topic.merged', { into: 13 })).toBe('Mira merged #12 Sparse arrays into #13');
    expect(say('interest.changed', { level: 'lead' })).toBe('Mira wants to lead #12 Sparse arrays');
    expect(say('review.requested', {}, 'Bo')).toBe('Mira asked Bo to review #12 Sparse arrays');
  });

  test('is told together where one form says it of many topics, and alone otherwise', () => {
    const at = (minute: number) => Temporal.Instant.from(`2023-03-02T08:0${minute}:00Z`);
    const one = (kind: string, personId: string, minute: number) => ({
      ...{ kind, at: at(minute), by: { personId } },
    });
    const said = one('interest.changed', 'mira', 1);
    const again = one('interest.changed', 'mira', 2);
    const other = one('interest.changed', 'bo', 1);
    const comment = one('comment.added', 'mira', 1);
    expect(toldTogether([said, said, again, other, comment, comment, said])).toEqual([
      [said, said],
      [again],
      [other],
      [comment],
      [comment],
      [said],
    ]);
  });

  test('has words of its own for every kind that is told', () => {
    const plain = ALL_TOLD.filter(
      (kind) => kind !== 'topic.changed' && say(kind) === say('nothing'),
    );
    expect(plain).toEqual([]);
  });

  test('is told of what is finished only: no drafts, nothing that was read, no watching', () => {
    for (const kind of [
      'review.drafted',
      'proposal.read',
      'thread.watched',
      'digest.set',
      'review.invited',
    ]) {
      expect(ALL_TOLD).not.toContain(kind);
      expect(MAILED_KINDS).not.toContain(kind);
    }
  });

  test('is not mailed to those who have a mail about it already', () => {
    expect(isToldElsewhere('proposal.merged', { takesPart: true, isAuthor: false })).toBe(true);
    expect(isToldElsewhere('proposal.merged', { takesPart: false, isAuthor: false })).toBe(false);
    expect(isToldElsewhere('review.given', { takesPart: true, isAuthor: true })).toBe(true);
    expect(isToldElsewhere('comment.added', { takesPart: true, isAuthor: true })).toBe(false);
  });
});
