import { fail, type Result } from '@cairn/kernel/result';
import type { GithubAnswer, GithubRefusal } from '../../../platform/github/answer.ts';
import type { GithubCall } from '../../../platform/github/client.ts';
import { actingAs, refuseGrant } from './acting-commands.ts';
import type { Sending } from './sending.ts';
import { dressed, type OwnMark, renamed } from './text-rules.ts';

/** Whose words go out, and where they were said here. */
export interface Said {
  readonly personId: string | null;
  readonly name: string;
  readonly text: string;
  readonly mark: OwnMark;
  readonly address: string;
}

/**
 * Sends something as the person who said it, where they allow it and GitHub takes it; else as Cairn, with
 * their name in front. `callOf` makes the call of the text as it goes out.
 */
export async function sendAs(
  sending: Sending,
  { personId, name, text, mark, address }: Said,
  callOf: (body: string) => GithubCall,
): Promise<Result<GithubAnswer, GithubRefusal>> {
  const { services, github, names } = sending;
  const there = renamed(text, names);
  const acting = await actingAs(services, personId);
  if (acting !== undefined && personId !== null) {
    const answer = await github.ask({
      ...callOf(dressed(there, mark, undefined)),
      token: acting.token,
    });
    if (answer.ok || !isTheirs(answer.error)) return answer;
    // They took it back there, or may not write in this repository: Cairn says it for them.
    if (answer.error.kind === 'unauthorised') {
      await refuseGrant(services.db, personId, services.clock.now());
    }
  }
  return github.ask(callOf(dressed(there, mark, { name, address })));
}

/** Whether it was refused because of who asked, so that somebody else may be taken at their word. */
const isTheirs = ({ kind }: GithubRefusal): boolean =>
  kind === 'unauthorised' || kind === 'forbidden' || kind === 'missing';

/** The same for what has no words: as the person, or, where only they can do it, not at all. */
export async function doAs(
  { services, github }: Sending,
  personId: string | null,
  call: GithubCall,
): Promise<Result<GithubAnswer, GithubRefusal>> {
  const acting = await actingAs(services, personId);
  if (acting === undefined)
    return fail({ kind: 'forbidden', status: 0, said: 'not allowed by them' });
  return github.ask({ ...call, token: acting.token });
}
