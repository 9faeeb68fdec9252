import type { Instant } from '@cairn/kernel/time';
import { sql } from 'kysely';
import type { Reader } from '../../../platform/db/database.ts';
import { takingPart } from '../../people/invitations/participation-queries.ts';
import type { Oneself } from '../../people/own-data/own-data-queries.ts';
import type { Organiser, Self } from '../../people/rights.ts';
import {
  type BusySpan,
  fromPairs,
  hoursIn,
  instantOfMinute,
  mergeBusy,
  minuteOfInstant,
} from './busy-rules.ts';

/** A calendar that somebody gave, as they see it again. */
export interface BusySource {
  readonly id: string;
  readonly name: string;
  readonly coversFrom: Instant;
  readonly coversUntil: Instant;
  readonly readAt: Instant;
  readonly events: number;
  readonly skipped: number;
  /** Hours in which they are busy. */
  readonly hours: number;
}

/** The calendars that a person gave. */
export async function busySourcesOf(
  db: Reader,
  { personId }: Self | Oneself,
): Promise<BusySource[]> {
  const rows = await db
    .selectFrom('busySource')
    .select(['id', 'name', 'coversFrom', 'coversUntil', 'readAt', 'events', 'skipped', 'busy'])
    .where('personId', '=', personId)
    .orderBy('name')
    .execute();
  return rows.map(({ busy, ...row }) => ({ ...row, hours: hoursIn(busy) }));
}

/** When a person is busy, by all their calendars together. */
export async function busyTimesOf(
  db: Reader,
  { personId }: Self | Oneself,
  { from, until }: { readonly from: Instant; readonly until: Instant },
): Promise<{ readonly from: Instant; readonly until: Instant }[]> {
  const rows = await db
    .selectFrom('busySource')
    .select('busy')
    .where('personId', '=', personId)
    .execute();
  const between = { from: minuteOfInstant(from), until: minuteOfInstant(until) };
  return mergeBusy(rows.flatMap(({ busy }) => fromPairs(busy, between))).map((span) => ({
    from: instantOfMinute(span.from),
    until: instantOfMinute(span.until),
  }));
}

/**
 * When those who take part in the organiser's summit are busy, by person, in minutes since 1970. For
 * judging moments only: a screen shows that somebody cannot, never these spans or a calendar's name.
 */
export async function organiserBusyTimes(
  db: Reader,
  { summitId }: Organiser,
  { from, until }: { readonly from: Instant; readonly until: Instant },
): Promise<ReadonlyMap<string, readonly BusySpan[]>> {
  const { rows } = await sql<{ personId: string; busy: number[] }>`
    select person_id, busy from busy_source where person_id in ${takingPart(summitId)}`.execute(db);
  const between = { from: minuteOfInstant(from), until: minuteOfInstant(until) };
  const spans = new Map<string, BusySpan[]>();
  for (const { personId, busy } of rows) {
    spans.set(personId, [...(spans.get(personId) ?? []), ...fromPairs(busy, between)]);
  }
  return new Map([...spans].map(([personId, busy]) => [personId, mergeBusy(busy)]));
}
