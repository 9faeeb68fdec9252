/** What people ask of each other in issues; `{project}` is one that they maintain. */
export const QUESTIONS: readonly (readonly [title: string, body: string])[] = [
  [
    '{project}: what do others need to know of your releases?',
    'We branch about twice a year and say so three weeks before. If that is too late for you, tell us here how long before you would need it.',
  ],
  [
    'What would a common documentation theme break in {project}?',
    'We have our own landing page and a gallery. I would rather hear now what will not fit than in June.',
  ],
  [
    '{project}: slow imports, measured',
    'Importing us takes 0.4 s on a laptop, and two thirds of it are other packages. The numbers are below; please add yours.',
  ],
  [
    'Who looks after the wheels of {project} when we are away?',
    'Two people have the key. One of them is me, and I am on leave from July on.',
  ],
  [
    '{project}: examples in docstrings that nobody runs',
    'We found forty that had been wrong for years. What do you do against it that costs less than an hour of CI?',
  ],
  [
    'How many first-time contributors does {project} lose?',
    'We see the first pull request of sixty people a year, and the second of nine. Is that usual?',
  ],
  [
    '{project}: which checks of the common list do not fit us?',
    'Three of them ask for files that we have under another name. A difference is not a defect.',
  ],
  [
    'A quiet hour for {project} and its neighbours at the summit',
    'An hour without an agenda for those who depend on each other. Which of the five days suits you?',
  ],
];

/** What reviewers and those who read along say; long enough to have been read in earnest. */
export const REMARKS: readonly string[] = [
  'I read it twice. The problem is ours as well, but the wished result would be done for us much earlier than for you; say which part of it everybody needs.',
  'Before we plan this: two of us tried the same three years ago, and what stopped us was that nobody reviewed. I would put a name for that into it from the start.',
  'This is clear, and I would join for a day. What I miss is how anybody outside would notice that it has been done, for instance a user of a small package.',
  'Could this be smaller? The first of the tasks alone would already help five projects, and the rest could then be decided with what we learnt from it.',
  'We depend on the outcome more than it looks from here: our next release waits for it. I can bring numbers to the April call if somebody tells me which.',
  'I agree with the aim and doubt the way. A tool that each of us has to install will be used by the three who wrote it; a text would be used by more.',
];

/** What reviewers say where they approve. */
export const APPROVALS: readonly string[] = [
  'Read from top to bottom; I find nothing that would not hold for us.',
  'Good. One word more would be one too many.',
  'I tried what it says on our repository, and it took ten minutes.',
  'Yes. The exceptions are the part that I had missed in the older text.',
];

/** Why somebody wants to work on a topic, or only to learn of it. */
export const REASONS: Readonly<Record<'lead' | 'work' | 'learn', readonly string[]>> = {
  lead: ['It is half of my job already', 'I began it, and would see it done'],
  work: [
    'We wait for it in our next release',
    'I know the code',
    'I tried it once and know what went wrong',
    'Two days, not more',
  ],
  learn: ['To know what will come', 'I maintain a package above it', 'It is new to me'],
};
