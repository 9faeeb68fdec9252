import type { Meal } from '../frame/frame-rules.ts';

/** Where somebody eats; nobody else is named in it. */
export interface ToldTable {
  readonly summit: string;
  readonly name: string;
  readonly meal: Meal;
  /** In words. */
  readonly day: string;
  /** In the zone of the place. */
  readonly starts: string | null;
  readonly place: string;
  /** They were told of another place before. */
  readonly isChanged: boolean;
}

/** The mail that tells somebody their table; the address of the page stands under it. */
export const tableMail = ({
  summit,
  name,
  meal,
  day,
  starts,
  place,
  isChanged,
}: ToldTable): { readonly subject: string; readonly body: string } => ({
  subject: `${meal.charAt(0).toUpperCase()}${meal.slice(1)} on ${day}: ${place}`,
  body: [
    `Dear ${name},`,
    '',
    `for ${meal} on ${day} you ${isChanged ? 'now ' : ''}have a place at ${place}${starts === null ? '' : `, at ${starts} local time`}.`,
    '',
    `The page says who else is there, and how to sit elsewhere or to eat by yourself. ${summit}`,
  ].join('\n'),
});
