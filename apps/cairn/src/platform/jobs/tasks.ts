/** Which try of a job this is. */
export interface Attempt {
  /** From 1. */
  readonly number: number;
  /** True when no further try follows a failure. */
  readonly isLast: boolean;
}

/**
 * What a kind of job does. It may be run again after a crash at any point, so it has to be
 * harmless when repeated. Throwing puts it back, to be tried again after a growing pause.
 */
export type Task = (payload: unknown, attempt: Attempt) => Promise<void>;

/** Every kind of job that a worker knows, by name. */
export type Tasks = Readonly<Record<string, Task>>;
