/**
 * Schedules as conferences publish them (frab, Pentabarf; `schedule.xml` and `schedule.json` v1). What
 * their readers demand is the same for both, so there is one model, and each format only writes it down.
 */

export interface FrabPerson {
  readonly id: number;
  readonly name: string;
}

export interface FrabLink {
  readonly title: string;
  readonly href: string;
}

/** Something at a time and place. Texts may hold anything; names and titles become one line. */
export interface FrabEvent {
  /** Positive, below 2³¹, its own in the schedule, and the same whenever it is written again. */
  readonly id: number;
  /** A UUID, under the same promise. */
  readonly guid: string;
  /** `2023-05-22T09:00:00-07:00`; without the offset readers fail. */
  readonly date: string;
  readonly minutes: number;
  readonly title: string;
  readonly subtitle: string;
  /** The name of its room. */
  readonly room: string;
  readonly track: string;
  /** In the words of the tool: `work`, `meal`. */
  readonly type: string;
  readonly abstract: string;
  readonly description: string;
  readonly persons: readonly FrabPerson[];
  readonly links: readonly FrabLink[];
  /** Its page, in full. */
  readonly url: string;
}

export interface FrabDay {
  /** ISO day. */
  readonly date: string;
  /** With offsets, as an event's date. What ends after midnight belongs to the day before. */
  readonly starts: string;
  readonly ends: string;
  readonly events: readonly FrabEvent[];
}

export interface FrabRoom {
  /** Its own among the rooms: events refer to it. */
  readonly name: string;
  readonly guid: string;
  readonly description: string;
  readonly capacity: number | null;
}

export interface FrabSchedule {
  /** Another one whenever anything is another: readers compare it to know whether to look closer. */
  readonly version: string;
  readonly generator: { readonly name: string; readonly version: string };
  readonly title: string;
  /** As `frabAcronym` makes them. */
  readonly acronym: string;
  /** The page of the whole, in full. */
  readonly url: string;
  /** An IANA name. */
  readonly zone: string;
  readonly slotMinutes: number;
  /** Of the language of all texts, `en`. */
  readonly language: string;
  readonly rooms: readonly FrabRoom[];
  /** At least one, in order. */
  readonly days: readonly FrabDay[];
}
