import { dateIn, type Instant, type PlainDate, Temporal } from '@cairn/kernel/time';
import type { Meeting, MeetingTrack } from '../series/series-rules.ts';

/** What a call has besides its time: an agenda before it, notes from it. */
export const TEXT_KINDS = ['agenda', 'notes'] as const;
export type TextKind = (typeof TEXT_KINDS)[number];

/** Which text: of a call, or of one of its tracks. */
export interface TextPlace {
  /** The call's key. */
  readonly meeting: string;
  /** The track's key; empty for the whole call. */
  readonly track: string;
  readonly kind: TextKind;
}

/** A text's place, with what the definition says of its call and its track. */
export interface TextSubject extends TextPlace {
  readonly call: Meeting;
  /** Undefined for the whole call. */
  readonly of: MeetingTrack | undefined;
}

/** As long as a text may become, in UTF-16 units: some forty printed pages. */
export const LONGEST_TEXT = 120_000;

/** The subject at a place; undefined when there is no such call or track. */
export function subjectAt(
  calls: readonly Meeting[],
  { meeting, track, kind }: TextPlace,
): TextSubject | undefined {
  const call = calls.find(({ key }) => key === meeting);
  const of = call?.tracks.find(({ key }) => key === track);
  if (call === undefined || (track !== '' && of === undefined)) return undefined;
  return { meeting, track, kind, call, of };
}

const NAMES: Record<TextKind, string> = { agenda: 'Agenda', notes: 'Notes' };

/** `Notes of the February planning meeting: Build systems`. */
export const titleOf = ({ kind, call, of }: Omit<TextSubject, 'meeting' | 'track'>): string =>
  [`${NAMES[kind]} of ${call.title}`, ...(of === undefined ? [] : [of.title])].join(': ');

/** The page of a text, below the summit's: `/meetings/february/notes/build`. */
export const pageOf = ({ meeting, track, kind }: TextPlace): string =>
  `/meetings/${meeting}/${kind}${track === '' ? '' : `/${track}`}`;

/** The channel on which changes of a text are told. */
export const channelOf = (summitId: string, { meeting, track, kind }: TextPlace): string =>
  `meeting-text:${summitId}:${meeting}:${track}:${kind}`;

/** The day of the first call after a moment, on the summit's wall; undefined when none is fixed. */
export const nextCallAfter = (calls: readonly Meeting[], moment: Instant): PlainDate | undefined =>
  calls
    .flatMap(({ begins, starts }) =>
      begins && starts ? [{ begins, day: starts.toPlainDate() }] : [],
    )
    .filter(({ begins }) => Temporal.Instant.compare(begins, moment) > 0)
    .sort((a, b) => Temporal.Instant.compare(a.begins, b.begins))
    .at(0)?.day;

/**
 * What a text that nobody has written yet begins with. An agenda lists the topics, notes take over
 * the agenda where there is one. Whoever saves it may change all of it.
 */
export function templateOf({ kind, call, of }: TextSubject, agenda: string): string {
  const topics = of === undefined ? call.tracks.map(({ title }) => title) : of.topics;
  if (kind === 'agenda') {
    return lines([
      '## Topics',
      '',
      ...(topics.length > 0 ? topics.map((topic) => `- ${topic}`) : ['- ']),
    ]);
  }
  const headings = topics.flatMap((topic) => [`### ${topic}`, '', '']);
  return lines([
    '## Present',
    '',
    '',
    ...(agenda.trim() !== ''
      ? [...shiftedAgenda(agenda), '']
      : topics.length > 0
        ? ['## Topics', '', ...headings]
        : []),
    '## Decisions',
    '',
    '',
    '## Action items',
    '',
    '- [ ] @who what by when',
  ]);
}

const lines = (all: readonly string[]): string => `${all.join('\n')}\n`;

const shiftedAgenda = (agenda: string): string[] => agenda.trim().split('\n');

/** The point that shows how an action item is written; nobody's task until somebody changes it. */
export const EXAMPLE_ITEM = '@who what by when';

/** Whether there is nothing in a text that somebody wrote. */
export const isUnwritten = (body: string | undefined, template: string): boolean =>
  body === undefined || body.trim() === '' || body.trim() === template.trim();

/** Notes that a call should have. */
export interface ExpectedNotes {
  readonly call: Meeting;
  /** Undefined for a call without tracks, whose notes are of all of it. */
  readonly track: MeetingTrack | undefined;
  readonly ended: Instant;
}

/**
 * The notes that there should be by now: of each call that is over, one for each of its tracks, or
 * one of the whole where it has none. The longest ago first.
 */
export const expectedNotes = (calls: readonly Meeting[], now: Instant): ExpectedNotes[] =>
  calls
    .flatMap((call): ExpectedNotes[] => {
      const { ends } = call;
      if (ends === undefined || Temporal.Instant.compare(ends, now) > 0) return [];
      const tracks = call.tracks.length > 0 ? call.tracks : [undefined];
      return tracks.map((track) => ({ call, track, ended: ends }));
    })
    .sort((a, b) => Temporal.Instant.compare(a.ended, b.ended));

/** Whole days since a call ended, on the summit's calendar: the day after it is 1. */
export function daysSince({ call: { zone }, ended }: ExpectedNotes, now: Instant): number {
  return dateIn(ended, zone).until(dateIn(now, zone), { largestUnit: 'day' }).days;
}
