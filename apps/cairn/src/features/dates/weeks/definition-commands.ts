import { isGroup } from '@cairn/formats/plain-data';
import { parseYaml, updateYaml } from '@cairn/formats/yaml-document';
import type { Problem } from '@cairn/kernel/problem';
import { expectOk, ok, type Result } from '@cairn/kernel/result';
import type { Actor } from '../../../platform/db/command.ts';
import type { Reader, Tx } from '../../../platform/db/database.ts';
import type { Organiser } from '../../people/rights.ts';
import { saveDefinition } from '../../summits/definition-commands.ts';
import { lockSummit, summitSource } from '../../summits/queries.ts';
import { type DefinitionDays, dayChange } from './choice-rules.ts';

/** The summit's file as it would read with other days; comments and everything else stay. */
async function sourceWithDays(db: Reader, summitId: string, days: DefinitionDays): Promise<string> {
  // What is stored was read before it was stored.
  const document = expectOk(parseYaml(await summitSource(db, summitId), 'summit.yaml'));
  const value = isGroup(document.value) ? document.value : {};
  return updateYaml(document, { ...value, ...dayChange(value, days) });
}

/** Puts other days in force, as the form would. */
export async function saveDays(
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
  days: DefinitionDays,
): Promise<Result<void, Problem>> {
  const { revision } = await lockSummit(tx, organiser.summitId);
  const source = await sourceWithDays(tx, organiser.summitId, days);
  const saved = await saveDefinition(tx, actor, organiser, { source, baseRevision: revision });
  return saved.ok ? ok(undefined) : saved;
}

/** Lets the definition say that its days are only where the week is looked for. */
export const markTentative = (
  tx: Tx,
  actor: Actor,
  organiser: Organiser,
): Promise<Result<void, Problem>> => saveDays(tx, actor, organiser, { status: 'tentative' });
