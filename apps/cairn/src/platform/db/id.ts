import { UUID } from '../http/route-pattern.ts';

const ID = new RegExp(`^${UUID}$`, 'i');

/** Whether a text can be an id at all; the database refuses to compare others. */
export const isId = (text: string): boolean => ID.test(text);
