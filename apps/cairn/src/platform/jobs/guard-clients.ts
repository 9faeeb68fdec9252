import type pg from 'pg';

/**
 * Keeps a connection that breaks while a job uses it from ending the process: the job's next query
 * fails and says why. Harmless when repeated.
 */
export function guardClients(pool: pg.Pool): void {
  if (pool.listenerCount('error') === 0) pool.on('error', () => undefined);
  if (pool.listenerCount('connect') > 0) return;
  pool.on('connect', (client) => client.on('error', () => undefined));
}
