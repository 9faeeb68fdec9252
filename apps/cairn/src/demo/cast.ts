import { type Random, seededRandom } from '@cairn/kernel/random';
import type { ListingField } from '../features/people/listing/listing-rules.ts';
import type { PersonEntry } from '../features/people/persons/person-schema.ts';

/** What one invented person does in the demo's story; the same in every run. */
export interface Role {
  readonly entry: PersonEntry;
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

/** Rows of the file that decline, never answer, stay unsure, or are invited in the second round. */
const DECLINE = [11, 25, 37];
const SILENT = [20, 33];
const UNSURE = [29];
const SECOND_ROUND = 44;

/** Casts the people of `demo/people.csv`, in its order. The seed makes every run tell the same story. */
export function castPeople(entries: readonly PersonEntry[]): Role[] {
  const random = seededRandom(2023);
  return entries.map((entry, index) => castPerson(entry, index, random));
}

function castPerson(entry: PersonEntry, index: number, random: Random): Role {
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
