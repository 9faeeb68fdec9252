import { z } from '@hono/zod-openapi';

const MOST = 200;

/** How a long list is asked for, page by page. */
export const pageQuery = {
  limit: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, `write a whole number from 1 to ${MOST}`)
    .refine((text) => Number(text) <= MOST, `write a whole number from 1 to ${MOST}`)
    .optional()
    .openapi({ description: `Items on a page, 1 to ${MOST}; 50 unless said otherwise.` }),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,40}$/, 'send next_cursor of the page before, as it was')
    .refine(
      (text) => offsetOf(text) !== undefined,
      'send next_cursor of the page before, as it was',
    )
    .optional()
    .openapi({ description: 'The next_cursor of the page before.' }),
};

/** Which part of a list is asked for. */
export interface Part {
  readonly limit: number;
  readonly offset: number;
}

export const partOf = ({
  limit,
  cursor,
}: {
  readonly limit?: string | undefined;
  readonly cursor?: string | undefined;
}): Part => ({
  limit: Number(limit ?? 50),
  offset: cursor === undefined ? 0 : (offsetOf(cursor) ?? 0),
});

/** A page of a list in an answer. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    next_cursor: z
      .string()
      .nullable()
      .openapi({ description: 'Where the next page begins; null on the last.' }),
    total: z.number().int().min(0),
  });

/** The items of a part, with the way to the next. */
export const asPage = <T>(items: readonly T[], { limit, offset }: Part, total: number) => ({
  items: [...items],
  next_cursor: offset + limit < total ? cursorOf(offset + limit) : null,
  total,
});

const cursorOf = (offset: number): string => Buffer.from(`at:${offset}`).toString('base64url');

function offsetOf(cursor: string): number | undefined {
  const written = Buffer.from(cursor, 'base64url').toString();
  const offset = /^at:(\d{1,9})$/.exec(written)?.[1];
  return offset === undefined ? undefined : Number(offset);
}
