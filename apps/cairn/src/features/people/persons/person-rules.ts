import { nearestWord } from '@cairn/formats/nearest-word';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import type { SummitDefinition } from '../../summits/schema.ts';
import { SEAT_KINDS, type SeatKind } from '../invitations/invitation-rules.ts';

/** How a person is known outside. */
export interface Identity {
  readonly kind: 'email' | 'github';
  /** An address, or a handle without its @. Compared without regard to case. */
  readonly value: string;
}

/** What tells one identity from another. */
export const identityKey = ({ kind, value }: Identity): string => `${kind}:${value.toLowerCase()}`;

/** A GitHub handle as people write it: `ada`, `@ada`, `https://github.com/ada`. */
export function parseHandle(text: string): Result<string, Problem> {
  const handle = text
    .trim()
    .replace(/^(https?:\/\/)?(www\.)?github\.com\//i, '')
    .replace(/^@/, '')
    .replace(/\/$/, '');
  // GitHub's own rule: letters, digits and single hyphens inside, 39 at most.
  return /^[a-z\d](?:[a-z\d]|-(?=[a-z\d])){0,38}$/i.test(handle)
    ? ok(handle)
    : fail(
        problem(
          'not-a-handle',
          `“${text.trim()}” is no GitHub handle; write it as in github.com/ada-lovelace, such as ada-lovelace.`,
        ),
      );
}

/** A kind of seat as people write it. */
export function parseSeatKind(text: string): Result<SeatKind, Problem> {
  const written = text
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_');
  const kind = SEAT_KINDS.find((known) => known === written);
  return kind === undefined
    ? fail(
        problem(
          'unknown-seat-kind',
          `“${text.trim()}” is no kind of seat; write ${SEAT_KINDS.join(', ')}, or leave it empty for funded.`,
        ),
      )
    : ok(kind);
}

/** Communities as people write them, `NumPy; scikit_hep`, by name or key: their keys, each once. */
export function parseCommunities(
  text: string,
  known: SummitDefinition['communities'],
): Result<readonly string[], Problem> {
  const plain = (word: string) => word.toLowerCase().replace(/[\s_-]+/g, '');
  const byName = new Map(
    known.flatMap(({ key, name }) => [
      [plain(key), key],
      [plain(name), key],
    ]),
  );
  const keys = new Set<string>();
  for (const word of text.split(';').map((part) => part.trim())) {
    if (word === '') continue;
    const key = byName.get(plain(word));
    if (key === undefined) {
      const near = nearestWord(
        word,
        known.map(({ name }) => name),
      );
      const guess = near === undefined ? '' : ` (did you mean ${near}?)`;
      return fail(
        problem(
          'unknown-community',
          `“${word}” is no community of this summit${guess}; correct it, or add it to the summit’s definition.`,
        ),
      );
    }
    keys.add(key);
  }
  return ok([...keys]);
}

/** Why two ways of knowing somebody cannot go together. */
export const identitiesOfTwo = (): Problem =>
  problem(
    'identities-of-two',
    'This address and this GitHub handle belong to two different people; remove the one that is wrong.',
  );

/** Why somebody nobody could reach or recognise is not taken. */
export const noIdentity = (): Problem =>
  problem(
    'no-identity',
    'Give an e-mail address or a GitHub handle, so that the invitation can reach them.',
    { path: 'email' },
  );
