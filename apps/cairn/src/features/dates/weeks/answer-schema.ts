import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { parseDate } from '@cairn/kernel/time';
import { z } from 'zod';
import type { Typed } from '../../../platform/http/form.ts';
import { type GivenAnswers, type SaidOfWeek, WEEK_ANSWERS } from './answer-rules.ts';
import { REPLIES } from './concern-rules.ts';

/** The names of a week's fields in the form. */
export const answerField = (week: string): string => `answer.${week}`;
export const noteField = (week: string): string => `note.${week}`;

const MOST_IN_NOTE = 500;
const MOST_IN_REMARK = 2000;

const WEEK_FIELD = /^(answer|note)\.(\d{4}-\d{2}-\d{2})$/;

const textOf = (typed: Typed, name: string): string => {
  const value = typed[name];
  return (typeof value === 'string' ? value : (value?.at(-1) ?? '')).trim();
};

/** The weeks that a form was about, by their first day; those that are no days are left out. */
const weeksIn = (typed: Typed): string[] => [
  ...new Set(
    Object.keys(typed).flatMap((name) => {
      const day = WEEK_FIELD.exec(name)?.[2];
      return day !== undefined && parseDate(day).ok ? [day] : [];
    }),
  ),
];

/** What was typed, as far as it can be read at all: to be shown again, whatever is wrong with it. */
export const typedAnswers = (typed: Typed): GivenAnswers => ({
  weeks: new Map(
    weeksIn(typed).map((week): [string, SaidOfWeek] => [
      week,
      {
        answer: WEEK_ANSWERS.find((each) => each === textOf(typed, answerField(week))),
        note: textOf(typed, noteField(week)),
      },
    ]),
  ),
  remark: textOf(typed, 'remark'),
});

/** Reads the answers to weeks that a form holds, or everything that is wrong with it. */
export function readAnswers(typed: Typed): Result<GivenAnswers, Problem[]> {
  const given = typedAnswers(typed);
  const problems: Problem[] = [];
  for (const [week, { answer, note }] of given.weeks) {
    if (answer === undefined && textOf(typed, answerField(week)) !== '') {
      const path = answerField(week);
      problems.push(
        problem('no-such-answer', 'Say yes, if need be or no, or leave it open.', { path }),
      );
    }
    if (note.length > MOST_IN_NOTE) {
      const path = noteField(week);
      problems.push(
        problem('note-too-long', `Shorten this note to ${MOST_IN_NOTE} characters.`, { path }),
      );
    }
  }
  if (given.remark.length > MOST_IN_REMARK) {
    problems.push(
      problem('remark-too-long', `Shorten this to ${MOST_IN_REMARK} characters.`, {
        path: 'remark',
      }),
    );
  }
  return problems.length > 0 ? fail(problems) : ok(given);
}

/** The form of somebody whom the chosen week does not suit. */
export const concernForm = z.object({
  reply: z.enum(REPLIES, 'say which of these it is'),
  note: z
    .string()
    .trim()
    .max(MOST_IN_REMARK, `shorten this to ${MOST_IN_REMARK} characters`)
    .default(''),
});
