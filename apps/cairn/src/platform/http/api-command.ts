import type { Problem } from '@cairn/kernel/problem';
import type { Result } from '@cairn/kernel/result';
import { type Actor, inTransaction } from '../db/command.ts';
import type { Tx } from '../db/database.ts';
import { type ApiContext, apiActor } from './api-caller.ts';
import { orRefuse, type Refusal } from './api-problem.ts';

/** Runs a command as the caller, in one transaction: what it came to, or why it was refused. */
export const command = async <T>(
  c: ApiContext,
  run: (tx: Tx, actor: Actor) => Promise<Result<T, Problem>>,
): Promise<Result<T, Refusal>> =>
  orRefuse(await inTransaction(c.var.services.db, (tx) => run(tx, apiActor(c))));
