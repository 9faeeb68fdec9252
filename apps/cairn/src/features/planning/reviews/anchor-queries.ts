import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { blobAt, LARGEST_COMPARED } from '../../../platform/git/changes.ts';
import type { Repository } from '../../../platform/git/repository.ts';
import type { ProposalVersion } from '../proposals/proposal-queries.ts';
import { checkedPlace, type LinePlace, linesOf, type Side } from './review-rules.ts';

/** Lines of one content of a file: where a comment was written, for ever. */
export interface Anchor {
  readonly version: number;
  readonly path: string;
  readonly side: Side;
  readonly firstLine: number | null;
  readonly line: number;
  readonly blob: string;
}

/** Finds the content that lines of a version are in. */
export async function anchorOf(
  repository: Repository,
  { version, head, base }: ProposalVersion,
  place: LinePlace,
): Promise<Result<Anchor, Problem>> {
  const { path, side } = place;
  const file = await blobAt(repository, side === 'new' ? head : base, path);
  if (file === undefined) {
    const sentence = `There is no file ${path} on that side of version ${version}; open the difference again and choose a line.`;
    return fail(problem('no-such-file', sentence, { path: 'path' }));
  }
  const { oid: blob, size } = file;
  if (size > LARGEST_COMPARED) {
    const sentence = `${path} is too large for remarks on its lines; write it in the conversation.`;
    return fail(problem('too-large', sentence, { path: 'path' }));
  }
  const content = (await repository.blobs([blob])).get(blob) ?? Buffer.alloc(0);
  if (content.includes(0)) {
    const sentence = `${path} is no text, so nothing can be said about its lines; write it in the conversation.`;
    return fail(problem('not-text', sentence, { path: 'path' }));
  }
  const checked = checkedPlace(place, linesOf(content.toString('utf8')).length);
  if (!checked.ok) return checked;
  return ok({ version, path, side, blob, ...checked.value });
}
