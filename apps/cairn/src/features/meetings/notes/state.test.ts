import { expect, test } from 'vitest';
import { othersWords, stateWords } from './state-rules.ts';

const minute = 60_000;

test.each([
  [0, 'Offline: less than a minute unsaved, kept in this browser.'],
  [minute, 'Offline: 1 minute unsaved, kept in this browser.'],
  [3.9 * minute, 'Offline: 3 minutes unsaved, kept in this browser.'],
  [180 * minute, 'Offline: 3 hours unsaved, kept in this browser.'],
])('says for how long words have not been saved (%i ms)', (passed, words) => {
  const state = { kind: 'offline', unsavedSince: 1000, isKept: true } as const;
  expect(stateWords(state, 1000 + passed)).toBe(words);
});

test.each([
  [[], ''],
  [['Ada'], 'Ada is writing here too.'],
  [['Ada', 'Grigor'], 'Ada and Grigor are writing here too.'],
  [['A', 'B', 'C'], 'A, B and C are writing here too.'],
  [['A', 'B', 'C', 'D', 'E', 'F'], 'A, B, C, D and 2 more are writing here too.'],
])('says who else is here: %s', (names, words) => {
  expect(othersWords(names)).toBe(words);
});
