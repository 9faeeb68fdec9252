import { conflictsOf, zonePenalty } from './conflicts.ts';
import type { Conference, ConferenceRule } from './model.ts';

/** A conference as typed arrays with the weights multiplied in, for the search. */
export interface CompiledConference {
  readonly conference: Conference;
  readonly sessions: number;
  readonly rooms: number;
  readonly tracks: number;
  readonly submissions: number;
  /** By session: time slots. */
  readonly capacity: Int32Array;
  /** By submission. */
  readonly track: Int32Array;
  readonly length: Int32Array;
  readonly order: Int32Array;
  /** By track, session and room: what having the track there costs by itself. */
  readonly cellCost: Float64Array;
  /** By track and other track: what the two cost beside each other; 0 with itself and with none. */
  readonly beside: Float64Array;
  /** By submission and session, and by submission and room: what all its time slots cost there. */
  readonly sessionCost: Float64Array;
  readonly roomCost: Float64Array;
  /** Conflicts of submissions in other rooms of a session. */
  readonly sessionConflicts: ConflictList;
  /** Conflicts of submissions at the same time. */
  readonly slotConflicts: ConflictList;
  readonly hasSlotConflicts: boolean;
  /** By track: whether the order of its submissions costs anything. */
  readonly isOrdered: Uint8Array;
  readonly weights: Readonly<Record<ConferenceRule, number>>;
}

/** For each submission a stretch of others, with what each costs and whether it is a presenter's. */
export interface ConflictList {
  readonly from: Int32Array;
  readonly other: Int32Array;
  readonly cost: Float64Array;
  readonly presenters: Uint8Array;
}

/** Makes the arrays. */
export function compileConference(conference: Conference): CompiledConference {
  const { weights, sessions, rooms, tracks, submissions } = conference;
  const conflicts = conflictsOf(conference);
  const none = tracks.length;
  const beside = new Float64Array((none + 1) * (none + 1));
  const cellCost = new Float64Array(none * sessions.length * rooms.length);
  for (let track = 0; track < none; track++) {
    for (let other = 0; other < none; other++) {
      if (track === other) continue;
      beside[track * (none + 1) + other] =
        weights['similar-tracks'] * (conference.similarTracks[track]?.[other] ?? 0) +
        weights.chairs * (conflicts.chairs[track]?.has(other) === true ? 1 : 0);
    }
    for (let session = 0; session < sessions.length; session++) {
      for (let room = 0; room < rooms.length; room++) {
        cellCost[(track * sessions.length + session) * rooms.length + room] =
          weights['tracks-sessions'] * (conference.trackSessions[track]?.[session] ?? 0) +
          weights['tracks-rooms'] * (conference.trackRooms[track]?.[room] ?? 0) +
          weights['sessions-rooms'] * (conference.sessionRooms[session]?.[room] ?? 0);
      }
    }
  }
  const sessionCost = new Float64Array(submissions.length * sessions.length);
  const roomCost = new Float64Array(submissions.length * rooms.length);
  const isOrdered = new Uint8Array(tracks.length);
  for (const [index, submission] of submissions.entries()) {
    for (let session = 0; session < sessions.length; session++) {
      const zones = weights['time-zones'] > 0 ? zonePenalty(conference, index, session) : 0;
      sessionCost[index * sessions.length + session] =
        submission.timeSlots *
        (weights['time-zones'] * zones +
          weights['submissions-sessions'] * (submission.sessions[session] ?? 0));
    }
    for (let room = 0; room < rooms.length; room++) {
      roomCost[index * rooms.length + room] =
        submission.timeSlots * weights['submissions-rooms'] * (submission.rooms[room] ?? 0);
    }
    if (weights.order > 0 && submission.order !== 0) isOrdered[submission.track] = 1;
  }
  const { presenters, attendees } = conflicts;
  const slotConflicts = conflictList(
    presenters,
    weights['presenters-in-time-slot'],
    attendees,
    weights['attendees-in-time-slot'],
  );
  return {
    conference,
    sessions: sessions.length,
    rooms: rooms.length,
    tracks: tracks.length,
    submissions: submissions.length,
    capacity: Int32Array.from(sessions, ({ timeSlots }) => timeSlots),
    track: Int32Array.from(submissions, ({ track }) => track),
    length: Int32Array.from(submissions, ({ timeSlots }) => timeSlots),
    order: Int32Array.from(submissions, ({ order }) => order),
    cellCost,
    beside,
    sessionCost,
    roomCost,
    sessionConflicts: conflictList(presenters, weights.presenters, attendees, weights.attendees),
    slotConflicts,
    hasSlotConflicts: slotConflicts.other.length > 0,
    isOrdered,
    weights,
  };
}

/** The pairs that cost something. */
function conflictList(
  presenters: readonly ReadonlySet<number>[],
  presenterWeight: number,
  attendees: readonly ReadonlySet<number>[],
  attendeeWeight: number,
): ConflictList {
  const from = new Int32Array(presenters.length + 1);
  const others: number[] = [];
  const costs: number[] = [];
  const presenting: number[] = [];
  for (const [submission, ofPresenters] of presenters.entries()) {
    const ofAttendees = attendees[submission] ?? new Set();
    for (const other of new Set([...ofPresenters, ...ofAttendees])) {
      const isPresenters = presenterWeight > 0 && ofPresenters.has(other);
      const cost =
        (isPresenters ? presenterWeight : 0) + (ofAttendees.has(other) ? attendeeWeight : 0);
      if (cost === 0) continue;
      others.push(other);
      costs.push(cost);
      presenting.push(isPresenters ? 1 : 0);
    }
    from[submission + 1] = others.length;
  }
  return {
    from,
    other: Int32Array.from(others),
    cost: Float64Array.from(costs),
    presenters: Uint8Array.from(presenting),
  };
}

/**
 * How much a single change may cost: at most what the worst place for a submission and its track costs
 * by itself, and at least what the cheapest break does.
 */
export function rangeOf(compiled: CompiledConference): { highest: number; lowest: number } {
  const { weights } = compiled;
  const spread = Float64Array.of(
    weights['rooms-per-track'],
    weights['parallel-tracks'],
    weights['consecutive-tracks'],
    weights.order,
  );
  const lists = [
    compiled.cellCost,
    compiled.sessionCost,
    compiled.roomCost,
    compiled.beside,
    compiled.sessionConflicts.cost,
    compiled.slotConflicts.cost,
    spread,
  ];
  let highest = 0;
  let lowest = Number.POSITIVE_INFINITY;
  for (const list of lists) {
    let most = 0;
    for (const cost of list) {
      most = Math.max(most, cost);
      if (cost > 0) lowest = Math.min(lowest, cost);
    }
    highest += most;
  }
  return highest === 0 ? { highest: 1, lowest: 1 } : { highest, lowest };
}
