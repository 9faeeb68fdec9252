/** The code that Node or PostgreSQL put on an error (`ENOSPC`, `57P03`), if any. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}
