import { parseYaml, updateYaml } from '@cairn/formats/yaml-document';
import { type Problem, problem } from '@cairn/kernel/problem';
import { expectOk, fail, ok, type Result } from '@cairn/kernel/result';
import { expectZone } from '@cairn/kernel/time';
import type { Actor } from '../../../platform/db/command.ts';
import type { Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { type Saved, saveDefinition } from '../../summits/definition-commands.ts';
import { summitDays } from '../../summits/facts.ts';
import { keyFrom, unusedKey } from '../../summits/key-rules.ts';
import { lockSummit } from '../../summits/queries.ts';
import type { SummitDefinition } from '../../summits/schema.ts';
import { changeLeads, type WantedLead } from './lead-commands.ts';
import { asWritten, parseMeetingTime } from './meeting-time-rules.ts';
import {
  addToList,
  editMeeting,
  inTurn,
  placed,
  requiring,
  type SeriesEdit,
  seriesTracks,
  setting,
  settingSeries,
  takeFromList,
  timed,
} from './series-edit-rules.ts';

/** When a meeting is: a time on the summit's wall, or only the month as long as the time is open. */
export type MeetingTime =
  | { readonly starts: string; readonly hasTakenPlace?: boolean | undefined }
  | { readonly month: string };

/**
 * Gives a meeting a time, moves it, or opens its time again. Refused for a time that does not exist
 * in the summit's zone, that is past, or that is not before the summit. Whoever has the meeting in
 * their calendar is told by what follows from the event.
 */
export const moveMeeting = (
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { meeting, ...time }: { readonly meeting: string } & MeetingTime,
): Promise<Result<Saved, Problem>> =>
  changeSeries(tx, actor, organiser, (definition) => {
    const checked = checkedTime(definition, actor, time);
    return checked.ok ? ok(editMeeting(meeting, timed(checked.value))) : checked;
  });

/** Pages beside those of the meetings, whose addresses no new meeting takes. */
const ADDRESSES = ['new', 'rule', 'settings', 'times'];

/** A meeting to add. */
export type NewMeeting = {
  readonly title: string;
  readonly required?: number | undefined;
} & MeetingTime;

/**
 * Adds a meeting to the series; what the rule counts grows with it. The number that is required
 * stays unless another is given.
 */
export const addMeeting = (
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { title, required, ...time }: NewMeeting,
): Promise<Result<Saved, Problem>> =>
  changeSeries(tx, actor, organiser, (definition) => {
    const checked = checkedTime(definition, actor, time);
    if (!checked.ok) return checked;
    const keys = definition.planning_meetings.list.map(({ key }) => key);
    const taken = new Set([...keys, ...ADDRESSES]);
    const meeting = { key: unusedKey(keyFrom(title), taken), title, ...checked.value };
    return ok(inTurn(addToList(meeting), ...(required === undefined ? [] : [requiring(required)])));
  });

/**
 * Takes a meeting out of the series; what the rule counts shrinks with it. What was recorded of it
 * stays, and counts. Refused when more would be required than are left, unless `required` says how
 * many from now on.
 */
export const dropMeeting = (
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { meeting, required }: { readonly meeting: string; readonly required?: number | undefined },
): Promise<Result<Saved, Problem>> =>
  changeSeries(tx, actor, organiser, () =>
    ok(inTurn(takeFromList(meeting), ...(required === undefined ? [] : [requiring(required)]))),
  );

/** Changes how many of the meetings are required: of one promise, or of every one about meetings. */
export const changeRule = (
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { required, obligation }: { readonly required: number; readonly obligation?: string | undefined },
): Promise<Result<Saved, Problem>> =>
  changeSeries(tx, actor, organiser, () => ok(requiring(required, obligation)));

/** What a meeting is called, and where it is and was; `undefined` takes a link out. */
export interface MeetingDetails {
  readonly meeting: string;
  readonly title: string;
  readonly link: string | undefined;
  readonly recording: string | undefined;
}

/** Renames a meeting and sets its links. */
export const describeMeeting = (
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { meeting, title, link, recording }: MeetingDetails,
): Promise<Result<Saved, Problem>> =>
  changeSeries(tx, actor, organiser, () =>
    ok(editMeeting(meeting, (found) => setting(found, { title, link, recording }))),
  );

/** Sets how long each meeting is, and whether having watched the recording counts. */
export const changeSeriesFacts = (
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  facts: { readonly minutes: number; readonly recordings: 'count' | 'do_not_count' },
): Promise<Result<Saved, Problem>> =>
  changeSeries(tx, actor, organiser, () => ok(settingSeries(facts)));

/** One track of a meeting as organisers write it. */
export interface NewTrack {
  /** Undefined for a new track: it gets one made from its title. */
  readonly key: string | undefined;
  readonly title: string;
  readonly topics: readonly string[];
  readonly link: string | undefined;
  /** The lead: a person of the summit, or a name of somebody who is none. */
  readonly lead: { readonly personId: string } | { readonly name: string } | undefined;
}

/** Replaces the tracks of one meeting, and who leads them. */
export async function changeTracks(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  { meeting, tracks }: { readonly meeting: string; readonly tracks: readonly NewTrack[] },
): Promise<Result<Saved, Problem>> {
  const taken = new Set(tracks.flatMap(({ key }) => key ?? []));
  const keyed = tracks.map((track) => {
    const key = track.key ?? unusedKey(keyFrom(track.title), taken);
    taken.add(key);
    return { ...track, key };
  });
  const written = keyed.map(({ key, title, topics, link, lead }) =>
    setting(
      { key, title },
      {
        topics: topics.length === 0 ? undefined : topics,
        lead: lead !== undefined && 'name' in lead ? lead.name : undefined,
        link,
      },
    ),
  );
  const saved = await changeSeries(tx, actor, organiser, () =>
    ok(
      editMeeting(meeting, (found) =>
        setting(found, { tracks: written.length === 0 ? undefined : written }),
      ),
    ),
  );
  if (!saved.ok) return saved;
  const leads = keyed.flatMap(({ key, lead }): WantedLead[] =>
    lead !== undefined && 'personId' in lead
      ? [{ meeting, track: key, personId: lead.personId }]
      : [],
  );
  const changed = await changeLeads(tx, actor, organiser, { meetings: [meeting], leads });
  return changed.ok ? saved : changed;
}

/** One meeting of a timetable that was found. */
export interface Placement {
  readonly meeting: string;
  readonly starts?: string | undefined;
  /** Keys of the series' tracks; a track that the meeting has already keeps its link and its lead. */
  readonly tracks?: readonly string[] | undefined;
  /** Who leads a track, by its key; a track that is not named keeps its lead. */
  readonly leads?: Readonly<Record<string, string>> | undefined;
}

/** Gives several meetings their times and tracks at once: one new revision, or none of it. */
export async function placeTracks(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  placements: readonly Placement[],
): Promise<Result<Saved, Problem>> {
  const saved = await changeSeries(tx, actor, organiser, (definition, file) => {
    const known = seriesTracks(file);
    const edits: SeriesEdit[] = [];
    for (const { meeting, starts, tracks } of placements) {
      if (starts !== undefined) {
        const checked = checkedTime(definition, actor, { starts });
        if (!checked.ok) return checked;
        edits.push(editMeeting(meeting, timed(checked.value)));
      }
      if (tracks !== undefined) edits.push(editMeeting(meeting, placed(tracks, known)));
    }
    return ok(inTurn(...edits));
  });
  if (!saved.ok) return saved;
  const leads = placements.flatMap(({ meeting, leads: named = {} }) =>
    Object.entries(named).map(([track, personId]): WantedLead => ({ meeting, track, personId })),
  );
  const changed = await changeLeads(tx, actor, organiser, { meetings: [], leads });
  return changed.ok ? saved : changed;
}

/** The time to write, checked. */
function checkedTime(
  definition: SummitDefinition,
  { now }: Actor,
  time: MeetingTime,
): Result<{ readonly starts: string } | { readonly month: string }, Problem> {
  if ('month' in time) {
    if (/^\d{4}-(0[1-9]|1[0-2])$/.test(time.month)) return ok({ month: time.month });
    const sentence = 'Write a month as year-month, such as 2023-02.';
    return fail(problem('not-a-month', sentence, { path: 'month' }));
  }
  const parsed = parseMeetingTime(time.starts, {
    zone: expectZone(definition.zone),
    now,
    summitStarts: summitDays(definition).start,
    hasTakenPlace: time.hasTakenPlace === true,
  });
  return parsed.ok ? ok({ starts: asWritten(parsed.value) }) : parsed;
}

/** Loads the file, changes it, and puts it in force, while nobody else does. */
async function changeSeries(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  decide: (definition: SummitDefinition, file: unknown) => Result<SeriesEdit, Problem>,
): Promise<Result<Saved, Problem>> {
  const { definition, source, revision } = await lockSummit(tx, organiser.summitId);
  // The source was valid when it was stored.
  const document = expectOk(parseYaml(source, 'summit.yaml'));
  const edit = decide(definition, document.value);
  if (!edit.ok) return edit;
  const changed = edit.value(document.value);
  if (!changed.ok) return changed;
  return saveDefinition(tx, actor, organiser, {
    source: updateYaml(document, changed.value),
    baseRevision: revision,
  });
}
