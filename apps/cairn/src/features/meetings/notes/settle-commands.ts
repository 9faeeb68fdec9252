import type { Problem } from '@cairn/kernel/problem';
import { ok, type Result } from '@cairn/kernel/result';
import { dateIn, expectZone } from '@cairn/kernel/time';
import type { Actor } from '../../../platform/db/command.ts';
import type { Reader, Tx } from '../../../platform/db/database.ts';
import { summitDays } from '../../summits/facts.ts';
import { type Summit, summitById } from '../../summits/queries.ts';
import { type ActionItem, actionItems } from '../../work/action-rules.ts';
import { mentionablePeople } from '../../work/mention-queries.ts';
import { syncTasks, type TaskOrigin } from '../../work/task-commands.ts';
import { tellOwners } from '../../work/told-commands.ts';
import { meetingsOf } from '../series/series-rules.ts';
import { textById } from './text-queries.ts';
import {
  EXAMPLE_ITEM,
  nextCallAfter,
  pageOf,
  subjectAt,
  type TextPlace,
  titleOf,
} from './text-rules.ts';

/** The action items of some notes, with names and days read as they are meant in that call. */
export async function itemsOf(
  db: Reader,
  summit: Pick<Summit, 'id' | 'definition'>,
  place: TextPlace,
  body: string,
  now: Actor['now'],
): Promise<ActionItem[]> {
  const calls = meetingsOf(summit);
  const call = calls.find(({ key }) => key === place.meeting);
  const today = dateIn(now, expectZone(summit.definition.zone));
  const items = actionItems(body, {
    people: await mentionablePeople(db, summit.id),
    calledOn: call?.starts?.toPlainDate() ?? today,
    summitStarts: summitDays(summit.definition).start,
    nextCall: nextCallAfter(calls, call?.ends ?? now),
  });
  return items.filter(({ text }) => text !== EXAMPLE_ITEM);
}

/** Makes the tasks of some notes what they say now; agendas and notes of nothing have none. */
export async function syncNotes(
  tx: Tx,
  actor: Actor,
  textId: string,
): Promise<Result<{ readonly origin: TaskOrigin; readonly summit: Summit } | undefined, Problem>> {
  const text = await textById(tx, textId);
  if (text === undefined || text.kind !== 'notes') return ok(undefined);
  const summit = await summitById(tx, text.summitId);
  const subject = subjectAt(meetingsOf(summit), text);
  const origin: TaskOrigin = {
    kind: 'meeting_text',
    id: textId,
    title: subject === undefined ? 'Notes of a call' : titleOf(subject),
    page: pageOf(text),
  };
  const items = await itemsOf(tx, summit, text, text.body, actor.now);
  const synced = await syncTasks(tx, actor, { summitId: summit.id, origin, items });
  return synced.ok ? ok({ origin, summit }) : synced;
}

/** What follows once nobody has written in notes for a while: their tasks, and the mails to the owners. */
export async function settleNotes(
  tx: Tx,
  actor: Actor,
  textId: string,
): Promise<Result<void, Problem>> {
  const synced = await syncNotes(tx, actor, textId);
  if (!synced.ok) return synced;
  if (synced.value === undefined) return ok(undefined);
  const { origin, summit } = synced.value;
  const { id, slug, definition } = summit;
  await tellOwners(tx, actor, { id, slug, title: definition.title }, origin);
  return ok(undefined);
}
