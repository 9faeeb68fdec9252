import { expectZone } from '@cairn/kernel/time';
import type { z } from '@hono/zod-openapi';
import { changesBetween } from '../../../platform/git/changes.ts';
import type { ApiContext } from '../../../platform/http/api-caller.ts';
import type { ApiMember } from './api-access.ts';
import type { proposalSchema, wholeProposalSchema } from './proposal-api-schema.ts';
import { type Proposal, versionsOf } from './proposal-queries.ts';
import { proposalStanding } from './standing-queries.ts';
import { accountsById, type Writers, writerOf, writersById } from './writer-queries.ts';

/** Whose the proposals are. */
export async function writersFor(c: ApiContext, proposals: readonly Proposal[]): Promise<Writers> {
  const { db } = c.var.services;
  return {
    people: await writersById(
      db,
      proposals.map(({ authorId }) => authorId),
    ),
    accounts: await accountsById(
      db,
      proposals.map(({ authorAccount }) => authorAccount),
    ),
  };
}

/** A proposal as a list of the API has it. */
export function asJson(proposal: Proposal, writers: Writers): z.output<typeof proposalSchema> {
  const author = writerOf(writers, proposal.authorId, proposal.authorAccount);
  return {
    number: proposal.number,
    title: proposal.title,
    text: proposal.body,
    branch: proposal.branch,
    state: proposal.state,
    version: proposal.version,
    head: proposal.head,
    author: { person: author.personId, name: author.name, github: author.login },
    opened_at: proposal.createdAt.toString(),
    updated_at: proposal.updatedAt.toString(),
    merged_at: proposal.mergedAt?.toString() ?? null,
    merge_commit: proposal.mergeCommit,
    merged_despite: proposal.mergedDespite === '' ? null : proposal.mergedDespite,
    merges_by_itself: proposal.mergeAskedBy !== null,
  };
}

/** A proposal with its versions, its changes and what it still needs. */
export async function whole(
  c: ApiContext,
  { summit, plan, proposal }: ApiMember & { readonly proposal: Proposal },
): Promise<z.output<typeof wholeProposalSchema>> {
  const { services } = c.var;
  const { db, clock } = services;
  const versions = await versionsOf(db, proposal);
  const last = versions.at(-1);
  const standing =
    proposal.state === 'open'
      ? await proposalStanding(db, services, proposal, plan.head, {
          now: clock.now(),
          zone: expectZone('UTC'),
        })
      : undefined;
  const changes =
    standing?.changes ??
    (last === undefined
      ? []
      : await changesBetween(services.git.plan(summit.id), last.base, last.head));
  return {
    ...asJson(proposal, await writersFor(c, [proposal])),
    versions: versions.map(({ version, head, base, at }) => ({
      version,
      head,
      base,
      at: at.toString(),
    })),
    changes: changes.map(({ status, path: file, oldPath }) => ({
      status,
      path: file,
      old_path: oldPath,
    })),
    may_be_merged: standing?.standing.may ?? false,
    needs: (standing?.standing.lacks ?? []).map(({ code, sentence }) => ({ code, sentence })),
    conflicts: (standing?.merge.conflicts ?? []).map((each) => each.path),
    check: (standing?.problems ?? []).map(({ code, sentence, place }) => ({
      code,
      sentence,
      file: place.file ?? null,
    })),
  };
}
