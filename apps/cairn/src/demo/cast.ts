import { type Random, seededRandom } from '@cairn/kernel/random';
import { expectZone, type ZoneName } from '@cairn/kernel/time';
import type { ListingField } from '../features/people/listing/listing-rules.ts';
import type { PersonEntry } from '../features/people/persons/person-schema.ts';

/** What one invented person does in the demo's story; the same in every run. */
export interface Role {
  readonly entry: PersonEntry;
  /** Where they live. */
  readonly zone: ZoneName;
  /** How much they like to travel, from 0 to 1: decides what they say of each week. */
  readonly ease: number;
  /** Their ordinary week in their own zone; undefined while they have not said. */
  readonly cells: string | undefined;
  /** Keys of the tracks that they want to work in, the first most of all. */
  readonly tracks: readonly string[];
  /** Invited in the first round or, where answers left room for more, in the second. */
  readonly round: 1 | 2;
  /** Days after the invitation on which they open it; undefined: never. */
  readonly opensAfter: number | undefined;
  /** Days after the invitation on which they answer; undefined: never. */
  readonly answersAfter: number | undefined;
  readonly answer: 'accept' | 'unsure' | 'decline';
  readonly noticeDays: number | undefined;
  /** Keys of the planning meetings that they attend. */
  readonly meetings: readonly string[];
  readonly contributions: number;
  readonly reviews: number;
  /** Days of the summit that they miss. */
  readonly missesDays: readonly string[];
  readonly updates: number;
  /** What they let the public see. */
  readonly listing: readonly ListingField[];
}

/** Where the people of the file live, in its order. */
const ZONES = [
  ['America/Los_Angeles', 'Europe/Stockholm', 'America/New_York', 'Africa/Lagos'],
  ['Europe/Warsaw', 'America/Mexico_City', 'Asia/Kolkata', 'Europe/Oslo'],
  ['Asia/Tokyo', 'Africa/Casablanca', 'Europe/Berlin', 'America/Sao_Paulo'],
  ['Europe/Paris', 'Europe/Amsterdam', 'Europe/London', 'Africa/Lagos'],
  ['Europe/Prague', 'Europe/Stockholm', 'Asia/Kolkata', 'Europe/Rome'],
  ['Europe/London', 'Europe/Dublin', 'Asia/Seoul', 'America/Chicago'],
  ['Europe/Warsaw', 'America/New_York', 'Europe/Sofia', 'Asia/Tokyo'],
  ['America/Sao_Paulo', 'Europe/Paris', 'Africa/Johannesburg', 'Europe/Bucharest'],
  ['Australia/Sydney', 'Europe/Amsterdam', 'Europe/Helsinki', 'America/Lima'],
  ['Europe/Copenhagen', 'Pacific/Honolulu', 'America/Los_Angeles', 'America/Denver'],
  ['Europe/Copenhagen', 'Europe/Paris', 'America/Los_Angeles', 'Europe/Istanbul'],
  ['Europe/Bratislava', 'America/Argentina/Buenos_Aires', 'Africa/Accra', 'America/Los_Angeles'],
].flat();

const TRACKS = ['packaging', 'docs', 'benchmarks', 'specs', 'sparse', 'community'];

/** Rows of the file that decline, never answer, stay unsure, or are invited in the second round. */
const DECLINE = [11, 25, 37];
const SILENT = [20, 33];
const UNSURE = [29];
const SECOND_ROUND = 44;

type Habits = Pick<Role, 'zone' | 'ease' | 'cells' | 'tracks'>;

/** Casts the people of `demo/people.csv`, in its order. The seed makes every run tell the same story. */
export function castPeople(entries: readonly PersonEntry[]): Role[] {
  const random = seededRandom(2023);
  // Their own numbers, so that what people do does not depend on what they said of their week.
  const habits = seededRandom(1905);
  return entries.map((entry, index) => ({
    ...castPerson(entry, index, random),
    ...castHabits(index, habits),
  }));
}

function castHabits(index: number, random: Random): Habits {
  const ease = random();
  const week = castWeek(random);
  const first = Math.floor(random() * TRACKS.length);
  const tracks = [0, 2, 3]
    .slice(0, 1 + Math.floor(random() * 3))
    .map((step) => TRACKS[(first + step) % TRACKS.length] ?? '');
  return {
    zone: expectZone(ZONES[index % ZONES.length] ?? 'UTC'),
    ease,
    cells: index % 9 === 8 ? undefined : week,
    tracks,
  };
}

/** Office hours with something else in some of them; evenings if need be; no nights, no weekends. */
function castWeek(random: Random): string {
  const [begins, ends] = [7 + Math.floor(random() * 3), 17 + Math.floor(random() * 3)];
  const evening = ends + 2 + Math.floor(random() * 3);
  const free = Array.from({ length: 5 * 24 }, (_, cell) => {
    const hour = cell % 24;
    const isTaken = random() < 0.15;
    if (hour >= begins && hour < ends) return isTaken ? '0' : '2';
    return (hour >= ends && hour < evening) || hour === begins - 1 ? '1' : '0';
  });
  return free.join('') + '0'.repeat(48);
}

function castPerson(entry: PersonEntry, index: number, random: Random): Omit<Role, keyof Habits> {
  const isSilent = SILENT.includes(index);
  const opensAfter = 1 + Math.floor(random() * 6);
  const answersAfter = opensAfter + Math.floor(random() * 9);
  const keenness = random();
  const meetings = ['february', 'march', 'april'].filter(() => random() < 0.62 + keenness * 0.36);
  return {
    entry,
    round: index >= SECOND_ROUND ? 2 : 1,
    opensAfter: isSilent && index % 2 === 1 ? undefined : opensAfter,
    answersAfter: isSilent ? undefined : answersAfter,
    answer: DECLINE.includes(index) ? 'decline' : UNSURE.includes(index) ? 'unsure' : 'accept',
    noticeDays: index >= SECOND_ROUND ? [14, 45, undefined, 7][index % 4] : undefined,
    meetings: index < 2 ? ['february', 'march', 'april'] : meetings,
    contributions: Math.floor(random() * 4 * (0.4 + keenness)),
    reviews: Math.floor(random() * 5 * (0.4 + keenness)),
    missesDays: random() < 0.06 ? ['2023-05-26'] : [],
    updates: Math.floor(random() * 3.2),
    listing: castListing(random),
  };
}

function castListing(random: Random): ListingField[] {
  if (random() < 0.2) return [];
  const fields: ListingField[] = ['name'];
  if (random() < 0.8) fields.push('communities');
  if (random() < 0.6) fields.push('github');
  return fields;
}
