import { projectDecisions } from './decisions/projection-commands.ts';
import type { MainProjection } from './repository/main-commands.ts';

/** What is made of documents whenever main moves, in this order. */
export const MAIN_PROJECTIONS: readonly MainProjection[] = [projectDecisions];
