import { expectZone, type ZoneName } from '@cairn/kernel/time';
import { counted } from '@cairn/kernel/words';
import type { TimetableContent } from './content-schema.ts';
import { type Mark, movedPeople, type OwnChange, type Where } from './moved-rules.ts';
import type { Tell } from './release-schema.ts';
import { stretchForReader } from './time-words-rules.ts';

/** What a mail about a release is made from. */
export interface Told {
  readonly title: string;
  readonly version: number;
  readonly name: string;
  readonly note: string;
  /** The summit's zone. */
  readonly zone: ZoneName;
  /** What changes for the reader, and for all alike. */
  readonly own: readonly OwnChange[];
  readonly everybody: readonly OwnChange[];
  /** The zone in which the reader reads times. */
  readonly readerZone: ZoneName;
}

/** The mail that tells one person of a release: what it changes for them, from where to where, and why. */
export function toldMail(told: Told): { readonly subject: string; readonly body: string } {
  const { title, version, name, note, own, everybody } = told;
  const words = (change: OwnChange): string => `- ${changeWords(change, told)}`;
  const paragraphs = [
    version === 1
      ? `The timetable of ${title} is here: “${name}”.`
      : `The timetable of ${title} has a new version: “${name}”.`,
    ...(own.length === 0 ? [] : [version === 1 ? 'You are expected in:' : 'What changes for you:']),
    ...(own.length === 0 ? [] : [own.map(words).join('\n')]),
    ...(everybody.length === 0 ? [] : ['For all of us:', everybody.map(words).join('\n')]),
    ...(own.length + everybody.length > 0 || version === 1 ? [] : ['Nothing changes for you.']),
    ...(note === '' ? [] : ['The organisers write:', note]),
  ];
  return { subject: subjectOf(told), body: paragraphs.join('\n\n') };
}

function subjectOf({ title, version, own, everybody }: Told): string {
  if (version === 1) return `${title}: the timetable`;
  const moved = own.length + everybody.length;
  return moved === 0
    ? `${title}: a new version of the timetable`
    : `${title}: the timetable changes for you (${counted(moved, 'session')})`;
}

/** A change in one sentence, in the reader's zone. */
export function changeWords(
  { kind, title, from, to }: OwnChange,
  zones: Pick<Told, 'zone' | 'readerZone'>,
): string {
  const where = (place: Where | undefined) => (place === undefined ? '' : whereWords(place, zones));
  switch (kind) {
    case 'added':
      return `“${title}”: ${where(to)}.`;
    case 'moved':
      return `“${title}” moves\n  from ${where(from)}\n  to ${where(to)}.`;
    case 'dropped':
      return `“${title}” is not in the timetable any more. It was: ${where(from)}.`;
    case 'joins':
      return `You are expected in “${title}” now: ${where(to)}.`;
    case 'leaves':
      return `You are not expected in “${title}” any more: ${where(from)}.`;
  }
}

const whereWords = (where: Where, { zone, readerZone }: Pick<Told, 'zone' | 'readerZone'>) =>
  `${stretchForReader(where, zone, readerZone)}${where.place === '' ? '' : `, ${where.place}`}`;

/** Somebody who comes, as far as telling them is concerned. */
export interface ToldReader {
  readonly personId: string;
  readonly name: string;
  /** None where neither they nor their browser said. */
  readonly zone: ZoneName | undefined;
  /** Somebody known by a handle only gets no mail. */
  readonly hasAddress: boolean;
}

/** A release, as far as telling people of it is concerned. */
export interface ReleaseToTell {
  readonly title: string;
  readonly version: number;
  readonly name: string;
  readonly note: string;
  readonly tell: Tell;
  readonly before: TimetableContent | undefined;
  readonly after: TimetableContent;
  /** Who releases it: they know. */
  readonly by: string | undefined;
}

/** One person who hears of a release, and exactly what. */
export interface ToldPerson {
  readonly reader: ToldReader;
  readonly own: readonly OwnChange[];
  readonly subject: string;
  readonly body: string;
}

/** Who hears of a release and what, in the order of `readers`: those whom it moves, all, or nobody. */
export function toldPeople(
  release: ReleaseToTell,
  readers: readonly ToldReader[],
  marks: readonly Mark[],
): ToldPerson[] {
  const { title, version, name, note, tell, before, after, by } = release;
  if (tell === 'nobody') return [];
  const { byPerson, everybody } = movedPeople(before, after, marks);
  const zone = expectZone(after.zone);
  return readers.flatMap((reader): ToldPerson[] => {
    const own = byPerson.get(reader.personId) ?? [];
    const isMoved = own.length + everybody.length > 0;
    if (reader.personId === by || (tell === 'moved' && !isMoved)) return [];
    const readerZone = reader.zone ?? zone;
    return [
      {
        ...{ reader, own },
        ...toldMail({ title, version, name, note, zone, own, everybody, readerZone }),
      },
    ];
  });
}
