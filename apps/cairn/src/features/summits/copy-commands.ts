import { isGroup } from '@cairn/formats/plain-data';
import { updateYaml } from '@cairn/formats/yaml-document';
import { type Problem, problem } from '@cairn/kernel/problem';
import { fail, ok, type Result } from '@cairn/kernel/result';
import { type Actor, recordEvent } from '../../platform/db/command.ts';
import type { Tx } from '../../platform/db/database.ts';
import type { Organiser } from '../people/rights.ts';
import { carriedValues } from './carried-rules.ts';
import { type Created, insertSummit } from './definition-commands.ts';
import { type ReadDefinition, readDefinition } from './definition-text.ts';
import { summitSource } from './queries.ts';
import type { SummitDefinition } from './schema.ts';

/**
 * The next summit from the last: a draft under a new address and title, one edition on. Everything
 * that may be last year's is on its list of carried values. Its organisers come along; nobody is
 * invited by it.
 */
export async function copyEdition(
  tx: Tx,
  actor: Actor,
  { summitId }: Organiser,
  { slug, title }: { readonly slug: string; readonly title: string },
): Promise<Result<Created, Problem>> {
  const copied = copiedSource(await summitSource(tx, summitId), { slug, title });
  if (!copied.ok) {
    return fail(copied.error[0] ?? problem('invalid-definition', 'This summit cannot be copied.'));
  }
  const { source, definition } = copied.value;
  const created = await insertSummit(tx, actor, { source, definition, copiedFrom: summitId });
  if (!created.ok) return created;
  await tx
    .insertInto('carriedValue')
    .values(
      carriedValues(definition).map(({ path, kind, value }) => ({
        summitId: created.value.id,
        path,
        kind,
        value: JSON.stringify(value),
        settledAt: null,
        settledBy: null,
        settledHow: null,
      })),
    )
    .execute();
  await copyOrganisers(tx, actor, summitId, created.value.id);
  await recordEvent(tx, actor, {
    kind: 'summit.copied',
    summitId: created.value.id,
    data: { from: summitId },
  });
  return created;
}

/**
 * The file of the last edition with the address, title and number of the next; or what is wrong
 * with the address or the title.
 */
export function copiedSource(
  source: string,
  { slug, title }: { readonly slug: string; readonly title: string },
): Result<{ readonly source: string; readonly definition: SummitDefinition }, Problem[]> {
  const { document, definition } = storedFile(source);
  const written = isGroup(document.value) ? document.value : {};
  const { series } = written;
  const next = updateYaml(document, {
    ...written,
    slug,
    title,
    series: { ...(isGroup(series) ? series : {}), edition: definition.series.edition + 1 },
  });
  const read = readDefinition(next);
  return read.ok ? ok({ source: next, definition: read.value.definition }) : read;
}

function storedFile(source: string): ReadDefinition {
  const read = readDefinition(source);
  if (!read.ok) throw new Error('a stored summit file no longer reads', { cause: read.error });
  return read.value;
}

async function copyOrganisers(tx: Tx, actor: Actor, from: string, to: string): Promise<void> {
  await tx
    .insertInto('role')
    .columns(['summitId', 'personId', 'role', 'grantedAt', 'grantedBy'])
    .expression(
      tx
        .selectFrom('role')
        .select(({ val }) => [
          val(to).as('summitId'),
          'personId',
          'role',
          val(actor.now).as('grantedAt'),
          val(actor.personId ?? null).as('grantedBy'),
        ])
        .where('summitId', '=', from)
        .where('role', '=', 'organiser'),
    )
    .execute();
}
