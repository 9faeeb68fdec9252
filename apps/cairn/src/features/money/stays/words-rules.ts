import {
  type ExtraNights,
  GROUPS,
  HABITS,
  type Habit,
  PAYERS,
  type Payer,
  ROOMS,
  type RoomKind,
  type SharingGroup,
  type Stay,
} from './stay-rules.ts';

const PAYER_WORDS: Readonly<Record<Payer, string>> = {
  self: 'I pay them myself',
  sponsor: 'My employer or somebody else pays them',
  grant: 'I ask the summit to pay them',
};
const ROOM_WORDS: Readonly<Record<RoomKind, string>> = {
  shared: 'I would share a room',
  single: 'I ask for a room alone',
  own: 'I sleep elsewhere and need no room',
};
const GROUP_WORDS: Readonly<Record<SharingGroup, string>> = {
  anyone: 'Anyone',
  women: 'Women only',
  men: 'Men only',
};
const HABIT_WORDS: Readonly<Record<Habit, string>> = {
  early: 'I get up early',
  late: 'I go to bed late',
  snores: 'I snore',
  light_sleeper: 'I wake up easily',
};

const options = <Key extends string>(keys: readonly Key[], words: Readonly<Record<Key, string>>) =>
  keys.map((value) => ({ value, label: words[value] }));

export const PAYER_OPTIONS = options(PAYERS, PAYER_WORDS);
export const ROOM_OPTIONS = options(ROOMS, ROOM_WORDS);
export const GROUP_OPTIONS = options(GROUPS, GROUP_WORDS);
export const HABIT_OPTIONS = options(HABITS, HABIT_WORDS);

/** With whom somebody shares, for organisers. */
export const groupWords = (group: SharingGroup): string => GROUP_WORDS[group].toLowerCase();

/** Where somebody sleeps, for organisers. */
export function roomWords({
  hasSaid,
  isRemote,
  room,
  singleState,
}: Pick<Stay, 'hasSaid' | 'isRemote' | 'room' | 'singleState'>): string {
  if (isRemote) return 'From afar';
  if (!hasSaid) return 'Not said';
  if (room === 'own') return 'Elsewhere';
  if (room === 'shared') return 'Shared';
  if (singleState === 'agreed') return 'Alone, agreed';
  return singleState === 'declined' ? 'Shared (alone was declined)' : 'Alone, asked';
}

/** How extra nights stand, for organisers. */
export function extraWords({ state, nights }: ExtraNights): string {
  const many = `${nights.length} extra`;
  switch (state) {
    case 'none':
      return '';
    case 'own':
      return `${many}, paid by others`;
    case 'unsaid':
      return `${many}, nobody said who pays`;
    case 'asked':
      return `${many}, asked of the summit`;
    default:
      return `${many}, ${state}`;
  }
}
