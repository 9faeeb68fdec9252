import { type Currency, expectCurrency, parseCurrency } from '@cairn/kernel/money';
import { z } from '@hono/zod-openapi';
import { slugParam } from '../../summits/api-schema.ts';
import { text } from '../../timetable/frame/api-schema.ts';
import type { roomingIn } from './rooming-queries.ts';
import { statementWords } from './statement-rules.ts';

/** A house as a program sends it. */
export const houseBody = z
  .strictObject({
    name: text(100).min(1, 'write a name'),
    address: text(500).default(''),
    link: z
      .url({ protocol: /^https?$/ })
      .max(2000)
      .nullable()
      .default(null),
    text: text(2000).default(''),
  })
  .openapi('LodgingInput');

/** What a room has, whatever it is called. */
export const roomFields = {
  beds: z.int().min(1).max(12),
  is_accessible: z.boolean().default(false),
  night: z
    .strictObject({
      minor: z.int().min(0),
      currency: z
        .string()
        .refine((code) => parseCurrency(code).ok, 'write a currency as USD')
        .transform((code): Currency => expectCurrency(code))
        .openapi({ type: 'string', example: 'USD' }),
    })
    .nullable()
    .default(null)
    .openapi({ description: 'What the room costs for a night, in the currency’s smallest units.' }),
};

/** The name of a room. */
export const name = text(60).min(1, 'write a name');

/** A room as its form would say it. */
export const asRoom = (body: {
  readonly beds: number;
  readonly is_accessible: boolean;
  readonly night: { readonly minor: number; readonly currency: Currency } | null;
}) => ({
  beds: body.beds,
  isAccessible: body.is_accessible,
  nightMinor: body.night?.minor ?? null,
  currency: body.night?.currency ?? null,
});

const roomSchema = z.object({
  id: z.uuid(),
  name: z.string(),
  beds: z.number().int(),
  is_accessible: z.boolean(),
  night: z.object({ minor: z.number().int(), currency: z.string() }).nullable(),
});
const roomingSchema = z
  .object({
    id: z.uuid(),
    statement: z.array(z.string()).openapi({ description: 'What the search came to, in words.' }),
    places: z.array(
      z.object({
        person: z.uuid(),
        room: z.uuid().nullable(),
        is_kept: z.boolean(),
        asks_move: z.boolean(),
      }),
    ),
  })
  .nullable();

/** A house with its rooms. */
export const lodgingSchema = z
  .object({
    houses: z.array(
      z.object({
        id: z.uuid(),
        name: z.string(),
        address: z.string(),
        link: z.string().nullable(),
        text: z.string(),
        rooms: z.array(roomSchema),
      }),
    ),
    draft: roomingSchema,
    set: roomingSchema,
  })
  .openapi('Lodging', { description: 'Says who sleeps where; wishes are in none of it.' });

/** An id in the address. */
export const idParam = (param: string) => z.uuid().openapi({ param: { name: param, in: 'path' } });

/** A summit and a house of it. */
export const houseParams = slugParam.extend({ house: idParam('house') });

/** A summit and a room of it. */
export const roomParams = slugParam.extend({ room: idParam('room') });

/** Who sleeps where, without any wish. */
export const roomingJson = (rooming: Awaited<ReturnType<typeof roomingIn>>) =>
  rooming === undefined
    ? null
    : {
        id: rooming.id,
        statement: rooming.statement === undefined ? [] : [...statementWords(rooming.statement)],
        places: [...rooming.places].map(([person, place]) => ({
          ...{ person, room: place.roomId },
          ...{ is_kept: place.isKept, asks_move: place.asksMove },
        })),
      };
