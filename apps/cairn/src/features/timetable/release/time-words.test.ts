import { expectZone } from '@cairn/kernel/time';
import { expect, test } from 'vitest';
import { readStretch, stretchForReader, stretchInWords, zoneWord } from './time-words-rules.ts';

const SEATTLE = expectZone('America/Los_Angeles');
const BERLIN = expectZone('Europe/Berlin');
const KATHMANDU = expectZone('Asia/Kathmandu');
const evening = { date: '2023-05-22', starts: '15:30', ends: '24:00' };

test('A stretch of the place is read on the reader’s clocks, on the day that they show.', () => {
  expect(readStretch(evening, SEATTLE, SEATTLE)).toBe(evening);
  expect(readStretch(evening, SEATTLE, BERLIN)).toEqual({
    ...{ date: '2023-05-23', starts: '00:30', ends: '09:00' },
  });
});

test('The zone is named, and the place’s time stands beside the reader’s only where they differ.', () => {
  const morning = { date: '2023-05-22', starts: '09:30', ends: '11:00' };
  expect(stretchInWords(morning, SEATTLE, KATHMANDU)).toBe('Mon 22 May 2023, 22:15–23:45 GMT+5:45');
  expect(stretchForReader(morning, SEATTLE, BERLIN)).toBe(
    'Mon 22 May 2023, 18:30–20:00 CEST (at the place Mon 22 May 2023, 09:30–11:00 PDT)',
  );
  expect(stretchForReader(morning, SEATTLE, expectZone('America/Vancouver'))).toBe(
    'Mon 22 May 2023, 09:30–11:00 PDT',
  );
});

test('The name of a zone is the one of the day.', () => {
  expect(zoneWord('2023-02-01', SEATTLE, SEATTLE)).toBe('PST');
  expect(zoneWord('2023-05-22', SEATTLE, SEATTLE)).toBe('PDT');
});
