import { Flow } from '../proof/flow.ts';
import type { CompiledConference } from './compiled.ts';

/** What no schedule of all submissions can be under. */
export interface ConferenceBound {
  /** The sum of the two. */
  readonly objective: number;
  /** What submissions cost by the sessions and rooms in which they are. */
  readonly submissions: number;
  /** What tracks cost by the rooms of sessions that they have. */
  readonly tracks: number;
  /** Time slots of submissions that can have no place, whatever else is done. */
  readonly unscheduled: number;
}

/**
 * Two bounds that add up, since what they count is different: submissions in time slots of sessions as
 * a flow of least cost, as if rooms belonged to no track, and each in its cheapest room; and tracks in
 * rooms of sessions as an assignment of least cost, each in as few as its time slots could be in, as if
 * it did not matter who is beside whom. Where the weights are whole numbers, so is the bound.
 */
export function boundOf(compiled: CompiledConference): ConferenceBound {
  const submissions = submissionBound(compiled);
  const tracks = trackBound(compiled);
  const unscheduled = unscheduledBound(compiled);
  return { objective: submissions + tracks, submissions, tracks, unscheduled };
}

/**
 * Submissions longer than every session have no place. Of the others, there are no more time slots than
 * sessions have, and a track fills as many rooms of sessions as its time slots need at least, so that
 * each such room that is not there leaves a time slot over.
 */
function unscheduledBound(compiled: CompiledConference): number {
  const { sessions, rooms, tracks, track, length, capacity } = compiled;
  const longest = capacity.reduce((most, slots) => Math.max(most, slots), 0);
  const places = rooms * capacity.reduce((sum, slots) => sum + slots, 0);
  const slots = new Float64Array(tracks);
  let tooLong = 0;
  for (const [submission, owner] of track.entries()) {
    const own = length[submission] as number;
    if (own > longest) tooLong += own;
    else slots[owner] = (slots[owner] as number) + own;
  }
  const asked = slots.reduce((sum, own) => sum + own, 0);
  const needed = slots.reduce((sum, own) => sum + (own === 0 ? 0 : Math.ceil(own / longest)), 0);
  return tooLong + Math.max(0, asked - places, needed - sessions * rooms);
}

function submissionBound(compiled: CompiledConference): number {
  const { sessions, rooms, submissions, sessionCost, roomCost, length, capacity } = compiled;
  const flow = new Flow(submissions + sessions + 2);
  const [source, sink] = [submissions + sessions, submissions + sessions + 1];
  let inRooms = 0;
  let slots = 0;
  for (let submission = 0; submission < submissions; submission++) {
    const own = length[submission] as number;
    flow.arc(source, submission, own, 0);
    slots += own;
    for (let session = 0; session < sessions; session++) {
      const cost = sessionCost[submission * sessions + session] as number;
      flow.arc(submission, submissions + session, own, cost / own);
    }
    const costs = roomCost.subarray(submission * rooms, (submission + 1) * rooms);
    inRooms += costs.reduce((least, cost) => Math.min(least, cost), Number.POSITIVE_INFINITY);
  }
  for (let session = 0; session < sessions; session++) {
    flow.arc(submissions + session, sink, rooms * (capacity[session] as number), 0);
  }
  return inRooms + flow.send(source, sink, slots).cost;
}

/** Arcs up to which tracks are assigned to rooms of sessions together, and not each by itself. */
const MOST_ARCS = 30_000;

function trackBound(compiled: CompiledConference): number {
  const { sessions, rooms, tracks, track, length, capacity, cellCost } = compiled;
  const cells = sessions * rooms;
  const longest = capacity.reduce((most, slots) => Math.max(most, slots), 1);
  const slots = new Float64Array(tracks);
  for (const [submission, owner] of track.entries()) {
    slots[owner] = (slots[owner] as number) + (length[submission] as number);
  }
  const needed = slots.map((own) => Math.min(cells, Math.ceil(own / longest)));
  if (!cellCost.some((cost) => cost > 0)) return 0;
  if (tracks * cells > MOST_ARCS) {
    return needed.reduce((sum, own, owner) => {
      const costs = cellCost.slice(owner * cells, (owner + 1) * cells).sort();
      return sum + costs.subarray(0, own).reduce((part, cost) => part + cost, 0);
    }, 0);
  }
  const flow = new Flow(tracks + cells + 2);
  const [source, sink] = [tracks + cells, tracks + cells + 1];
  for (let owner = 0; owner < tracks; owner++) {
    flow.arc(source, owner, needed[owner] as number, 0);
    for (let cell = 0; cell < cells; cell++) {
      flow.arc(owner, tracks + cell, 1, cellCost[owner * cells + cell] as number);
    }
  }
  for (let cell = 0; cell < cells; cell++) flow.arc(tracks + cell, sink, 1, 0);
  const total = needed.reduce((sum, own) => sum + own, 0);
  return flow.send(source, sink, total).cost;
}
