import { isGroup } from '@cairn/formats/plain-data';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';

/*
 * Changes to the planning meetings in a summit's file as it is written, so that what the organisers
 * spelt in their own way, and their comments, stay beside all that did not change.
 */

type Group = Readonly<Record<string, unknown>>;
/** A change to the value of a summit's file. */
export type SeriesEdit = (file: unknown) => Result<unknown, Problem>;

const groupAt = (value: unknown, name: string): Group => {
  const inner = isGroup(value) ? value[name] : undefined;
  return isGroup(inner) ? inner : {};
};
const listAt = (value: Group, name: string): readonly unknown[] => {
  const inner = value[name];
  return Array.isArray(inner) ? inner : [];
};
const keyOf = (row: unknown): unknown => (isGroup(row) ? row['key'] : undefined);

/** The meetings' own part of the file, changed. */
const withMeetings = (file: unknown, change: (meetings: Group) => Group): unknown => ({
  ...(isGroup(file) ? file : {}),
  planning_meetings: change(groupAt(file, 'planning_meetings')),
});

/** A group with some keys set; `undefined` takes a key out. */
export const setting = (group: Group, changes: Group): Group =>
  Object.fromEntries(
    Object.entries({ ...group, ...changes }).filter(([, value]) => value !== undefined),
  );

/** Changes one meeting, found by its key. */
export const editMeeting =
  (key: string, change: (meeting: Group) => Group): SeriesEdit =>
  (file) => {
    const list = listAt(groupAt(file, 'planning_meetings'), 'list');
    if (!list.some((meeting) => keyOf(meeting) === key)) return fail(noSuchMeeting(key));
    return ok(
      withMeetings(file, (meetings) => ({
        ...meetings,
        list: list.map((meeting) =>
          keyOf(meeting) === key && isGroup(meeting) ? change(meeting) : meeting,
        ),
      })),
    );
  };

const noSuchMeeting = (key: string): Problem =>
  problem('no-such-meeting', `There is no planning meeting “${key}” any more; look at the list.`);

/** Gives a meeting its time on the wall, or back only its month. */
export const timed = (time: { readonly starts: string } | { readonly month: string }) =>
  'starts' in time
    ? (meeting: Group) => setting(meeting, { month: undefined, starts: time.starts })
    : (meeting: Group) => setting(meeting, { starts: undefined, month: time.month });

/** Adds a meeting at the end of the list, and to what the rule counts. */
export const addToList =
  (meeting: Group): SeriesEdit =>
  (file) =>
    ok(
      recounted(
        withMeetings(file, (meetings) => ({
          ...meetings,
          list: [...listAt(meetings, 'list'), meeting],
        })),
      ),
    );

/** Takes a meeting out of the list, and out of what the rule counts. */
export const takeFromList =
  (key: string): SeriesEdit =>
  (file) => {
    const list = listAt(groupAt(file, 'planning_meetings'), 'list');
    const rest = list.filter((meeting) => keyOf(meeting) !== key);
    if (rest.length === list.length) return fail(noSuchMeeting(key));
    return ok(recounted(withMeetings(file, (meetings) => ({ ...meetings, list: rest }))));
  };

/** Asks for so many of the meetings from now on; the promise with this key, or every one of its kind. */
export const requiring =
  (required: number, obligation?: string): SeriesEdit =>
  (file) =>
    ok(
      withAttendRules(file, (rule, key) =>
        obligation === undefined || obligation === key ? { ...rule, meetings: required } : rule,
      ),
    );

/** Sets what is counted besides: whether recordings count, how long a meeting is. */
export const settingSeries =
  (changes: Group): SeriesEdit =>
  (file) =>
    ok(withMeetings(file, (meetings) => setting(meetings, changes)));

/** One change after the other; the first that fails ends it. */
export const inTurn =
  (...edits: readonly SeriesEdit[]): SeriesEdit =>
  (file) =>
    edits.reduce<Result<unknown, Problem>>(
      (changed, edit) => (changed.ok ? edit(changed.value) : changed),
      ok(file),
    );

/** Lets every rule about meetings count as many as the list holds. */
const recounted = (file: unknown): unknown => {
  const of = listAt(groupAt(file, 'planning_meetings'), 'list').length;
  return withAttendRules(file, (rule) => ({ ...rule, of }));
};

function withAttendRules(file: unknown, change: (rule: Group, key: unknown) => Group): unknown {
  const agreement = groupAt(file, 'agreement');
  const obligations = listAt(agreement, 'obligations').map((obligation) => {
    const rule = groupAt(obligation, 'rule');
    if (!isGroup(obligation) || rule['kind'] !== 'attend') return obligation;
    return { ...obligation, rule: change(rule, obligation['key']) };
  });
  return { ...(isGroup(file) ? file : {}), agreement: { ...agreement, obligations } };
}

/** The tracks of the series as the file writes them, by key. */
export const seriesTracks = (file: unknown): ReadonlyMap<unknown, Group> =>
  new Map(
    listAt(groupAt(file, 'planning_meetings'), 'tracks')
      .filter(isGroup)
      .map((track) => [track['key'], track]),
  );

/** Gives a meeting these tracks of the series; one that it has already keeps its link and its lead. */
export const placed =
  (tracks: readonly string[], known: ReadonlyMap<unknown, Group>) =>
  (meeting: Group): Group => {
    const own = new Map(
      listAt(meeting, 'tracks')
        .filter(isGroup)
        .map((track) => [track['key'], track]),
    );
    const wanted = tracks.map((key) => own.get(key) ?? known.get(key) ?? { key, title: key });
    return setting(meeting, { tracks: wanted.length === 0 ? undefined : wanted });
  };
