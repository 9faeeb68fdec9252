import type { IndexedInstance } from '../sessions/index-instance.ts';
import { TRACK_COLOURS } from './style.ts';
import { element } from './svg.ts';

/** Strokes that differ without colour: whole, long, short, dots, long and short, two lines. */
const DASHES = [undefined, '9 4', '4 3', '1.5 2.5', '9 3 2 3', 'two'] as const;

/** How a track looks: 30 differ, each by its strokes and most by colour as well. */
export interface TrackLook {
  readonly track: string;
  readonly number: number;
}

/** The tracks of an instance, in the order in which sessions name them. */
export const tracksOf = ({ sessions }: IndexedInstance): TrackLook[] =>
  [...new Set(sessions.flatMap(({ tracks }) => tracks))].map((track, number) => ({
    track,
    number,
  }));

/** How wide a stripe is with the space after it. */
export const STRIPE = 7;

/** A stripe from top to bottom that says which track something is of. */
export function stripe({ number }: TrackLook, x: number, y: number, height: number): string {
  // Neighbours in the list differ in both; the strokes move on by one after each round of colours.
  const dash = DASHES[(number + Math.floor(number / TRACK_COLOURS)) % DASHES.length];
  const look = `track t${number % TRACK_COLOURS}`;
  const line = (at: number, width: number, dashes?: string) =>
    element('path', {
      class: look,
      d: `M${at} ${y}v${height}`,
      'stroke-width': width,
      'stroke-dasharray': dashes,
    });
  return dash === 'two' ? line(x + 1, 1.5) + line(x + 4.5, 1.5) : line(x + 2.75, 4.5, dash);
}
