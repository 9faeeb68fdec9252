import type { ComponentChildren } from 'preact';

/** Shapes that differ in outline, so that a state is told without colour. Drawn in a 16 × 16 box. */
const SHAPES = {
  tick: <path d="M2 9l4 4 8-10" />,
  disc: <circle class="solid" cx="8" cy="8" r="5" />,
  ring: <circle cx="8" cy="8" r="5" />,
  half: (
    <>
      <circle cx="8" cy="8" r="6" />
      <path class="solid" d="M8 2a6 6 0 0 1 0 12z" />
    </>
  ),
  triangle: <path d="M8 2l6.500 12h-13z" />,
  diamond: <path class="solid" d="M8 1.500L14.500 8 8 14.500 1.500 8z" />,
  cross: <path d="M3 3l10 10M13 3L3 13" />,
  dash: <path d="M2 8h12" />,
} as const;

/** The name of a shape. */
export type Shape = keyof typeof SHAPES;

/** What a state means to its reader; colour only repeats what word and shape say. */
export type Tone = 'good' | 'soft' | 'warn' | 'bad';

/** A shape on its own; hidden from screen readers, so a word must stand beside it. */
export const Glyph = ({ shape }: { shape: Shape }) => (
  <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true">
    {SHAPES[shape]}
  </svg>
);

/** A state as shape, word and tone. */
export const Mark = ({
  shape,
  tone,
  children,
}: {
  shape: Shape;
  tone: Tone;
  children: ComponentChildren;
}) => (
  <span class={`mark ${tone}`}>
    <Glyph shape={shape} />
    <span>{children}</span>
  </span>
);

/** How a promise stands, from best to worst, then set aside. */
export const STANDINGS = [
  'kept',
  'on-course',
  'can-miss-more',
  'at-risk',
  'broken',
  'excused',
] as const;

/** One of `STANDINGS`. */
export type Standing = (typeof STANDINGS)[number];

const LOOKS: Record<Standing, { shape: Shape; tone: Tone; word: string }> = {
  kept: { shape: 'tick', tone: 'good', word: 'kept' },
  'on-course': { shape: 'disc', tone: 'soft', word: 'on course' },
  'can-miss-more': { shape: 'half', tone: 'soft', word: 'can miss one more' },
  'at-risk': { shape: 'triangle', tone: 'warn', word: 'at risk' },
  broken: { shape: 'cross', tone: 'bad', word: 'broken' },
  excused: { shape: 'dash', tone: 'soft', word: 'excused' },
};

/** How a promise stands; `children` replaces the plain word where more is known (“can miss 2 more”). */
export const ObligationMark = ({
  standing,
  children,
}: {
  standing: Standing;
  children?: ComponentChildren;
}) => {
  const { shape, tone, word } = LOOKS[standing];
  return (
    <Mark shape={shape} tone={tone}>
      {children ?? word}
    </Mark>
  );
};
