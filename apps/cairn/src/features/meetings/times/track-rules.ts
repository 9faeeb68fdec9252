import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { SummitDefinition } from '../../summits/schema.ts';

/** What somebody wants of a track of the planning meetings; saying nothing is none of these. */
export const TRACK_LEVELS = ['lead', 'work', 'learn'] as const;
export type TrackLevel = (typeof TRACK_LEVELS)[number];

export const TRACK_LEVEL_WORDS: Record<TrackLevel, string> = {
  lead: 'I would lead it',
  work: 'I want to work in it',
  learn: 'I want to listen and learn',
};

/** One track, and what somebody wants of it. */
export interface SaidTrack {
  readonly track: string;
  readonly level: TrackLevel;
  /** A word of why; for organisers and the lead. */
  readonly why: string;
}

const LONGEST_WHY = 300;

const isLevel = (text: unknown): text is TrackLevel => TRACK_LEVELS.some((level) => level === text);

/** Reads `level_<track>` and `why_<track>` for each track of the series. */
export function readTracks(
  typed: Readonly<Record<string, string | readonly string[]>>,
  { planning_meetings: { tracks } }: SummitDefinition,
): Result<SaidTrack[], Problem[]> {
  const said: SaidTrack[] = [];
  const problems: Problem[] = [];
  for (const { key, title } of tracks) {
    const level = typed[`level_${key}`];
    const written = typed[`why_${key}`];
    const why = typeof written === 'string' ? written.trim() : '';
    if (why.length > LONGEST_WHY) {
      const sentence = `Shorten what you wrote about “${title}” to ${LONGEST_WHY} characters.`;
      problems.push(problem('long-why', sentence, { path: `why_${key}` }));
    }
    if (isLevel(level)) said.push({ track: key, level, why });
    else if (why !== '') {
      const sentence = `Choose what you want of “${title}”, or empty the box beside it.`;
      problems.push(problem('no-level', sentence, { path: `level_${key}` }));
    }
  }
  return problems.length > 0 ? fail(problems) : ok(said);
}
