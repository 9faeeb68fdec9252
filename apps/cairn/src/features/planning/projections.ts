import { projectDecisions } from './decisions/projection-commands.ts';
import { projectNotes } from './notes/projection-commands.ts';
import type { MainProjection } from './repository/main-commands.ts';
import { projectTopics } from './topics/projection-commands.ts';
import { projectTopicTasks } from './workplan/topic-tasks-commands.ts';

/** What is made of documents whenever main moves, in this order. */
export const MAIN_PROJECTIONS: readonly MainProjection[] = [
  projectTopics,
  projectDecisions,
  projectTopicTasks,
  projectNotes,
];
