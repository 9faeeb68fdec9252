import type { Conference } from './model.ts';

/** Whom a conference would need in two places: pairs of submissions, and of tracks, by their numbers. */
export interface Conflicts {
  /** By submission: those that have a presenter in common with it, or a presenter here who chairs the track there. */
  readonly presenters: readonly ReadonlySet<number>[];
  /** By submission: those that somebody would like to attend as well, presents, or chairs the track of. */
  readonly attendees: readonly ReadonlySet<number>[];
  /** By track: those that have a chair in common with it. */
  readonly chairs: readonly ReadonlySet<number>[];
}

/** Finds all conflicts. Chairs count only where they meet submissions of other tracks than their own. */
export function conflictsOf(conference: Conference): Conflicts {
  const { submissions, tracks } = conference;
  const presenting = placesOf(submissions.map(({ presenters }) => presenters));
  const attending = placesOf(submissions.map(({ attendees }) => attendees));
  const chairing = placesOf(tracks.map(({ chairs }) => chairs));
  const ofTrack = tracks.map((_, track) =>
    submissions.flatMap((submission, index) => (submission.track === track ? [index] : [])),
  );
  const presenters = submissions.map(() => new Set<number>());
  const attendees = submissions.map(() => new Set<number>());
  const chairs = tracks.map(() => new Set<number>());

  const chairedBy = (name: string, submission: number) =>
    (chairing.get(name) ?? [])
      .filter((track) => track !== submissions[submission]?.track)
      .flatMap((track) => ofTrack[track] ?? []);
  for (const [name, presented] of presenting) {
    for (const one of presented) {
      join(presenters, one, presented);
      join(presenters, one, chairedBy(name, one));
    }
  }
  for (const [name, attended] of attending) {
    for (const one of attended) {
      join(attendees, one, attended);
      join(attendees, one, presenting.get(name) ?? []);
      join(attendees, one, chairedBy(name, one));
    }
  }
  for (const chaired of chairing.values()) {
    for (const one of chaired) join(chairs, one, chaired);
  }
  return { presenters, attendees, chairs };
}

/** For each name where it stands. */
function placesOf(lists: readonly (readonly string[])[]): Map<string, number[]> {
  const places = new Map<string, number[]>();
  for (const [index, names] of lists.entries()) {
    for (const name of new Set(names)) {
      const known = places.get(name);
      if (known === undefined) places.set(name, [index]);
      else known.push(index);
    }
  }
  return places;
}

/** Puts one against each of the others, both ways. */
function join(sets: readonly Set<number>[], one: number, others: readonly number[]): void {
  for (const other of others) {
    if (other === one) continue;
    sets[one]?.add(other);
    sets[other]?.add(one);
  }
}

/**
 * What a time slot of a submission costs in a session because of the hour at its presenter's. The
 * start and the end are taken as times of day, whatever the date there.
 */
export function zonePenalty(conference: Conference, submission: number, session: number): number {
  const { hours, submissions, sessions } = conference;
  const ahead = ((submissions[submission]?.zone ?? 0) - hours.zone) * 60;
  const start = timeOfDay((sessions[session]?.start ?? 0) + ahead);
  const end = timeOfDay((sessions[session]?.end ?? 0) + ahead);
  if (start < hours.widerFrom || end > hours.widerTo || end < hours.widerFrom) return hours.large;
  if (start < hours.from || end > hours.to) return hours.small;
  return 0;
}

const timeOfDay = (minutes: number): number => ((minutes % 1440) + 1440) % 1440;
