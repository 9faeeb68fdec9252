import { type Problem, problem } from '@cairn/kernel/problem';
import type { TopicDocument } from './topic-rules.ts';

/** States in which a topic is to be worked on. */
const TO_BE_DONE = ['planned', 'active'];

/**
 * What a topic lacks for the state that it is in. Each is told on the topic, and is gone as soon as
 * the document says what was missing.
 *
 *     topicProblems({ ...topic, state: 'planned', lead: undefined })[0]?.code // 'topic-without-lead'
 */
export function topicProblems(topic: TopicDocument): Problem[] {
  const { state, lead, people, projects, effort, firstTasks } = topic;
  if (topic.duplicateOf !== undefined || state === 'dropped') return [];
  const isToBeDone = TO_BE_DONE.includes(state);
  const told: (Problem | false)[] = [
    topic.problem === '' &&
      problem(
        'topic-without-problem',
        'It does not say what is wrong today; write it below “Problem”.',
        {
          path: 'problem',
        },
      ),
    state !== 'idea' &&
      topic.goal === '' &&
      problem('topic-without-goal', 'It does not say what will be better; write it below “Goal”.', {
        path: 'goal',
      }),
    isToBeDone &&
      lead === undefined &&
      problem('topic-without-lead', 'Nobody leads it; enter a handle under “lead”.', {
        path: 'lead',
      }),
    isToBeDone &&
      people.filter((handle) => handle !== lead).length === 0 &&
      problem(
        'topic-without-people',
        'Nobody but its lead works on it; enter handles under “people”, or ask those who are interested.',
        { path: 'people' },
      ),
    isToBeDone &&
      topic.doneWhen === '' &&
      problem(
        'topic-without-done-when',
        'Nobody can tell when it is finished; write it below “Done when”.',
        { path: 'doneWhen' },
      ),
    isToBeDone &&
      firstTasks.length === 0 &&
      problem(
        'topic-without-tasks',
        'It does not say with what to begin; list “- [ ]” tasks below “First tasks”.',
        { path: 'firstTasks' },
      ),
    isToBeDone &&
      projects.length === 0 &&
      problem(
        'topic-without-projects',
        'It does not say which projects it touches; list them under “projects”.',
        { path: 'projects' },
      ),
    isToBeDone &&
      effort === undefined &&
      problem(
        'topic-without-effort',
        'It does not say how much work it is; write “small”, “medium” or “large” under “effort”.',
        { path: 'effort' },
      ),
    state === 'done' &&
      firstTasks.some(({ done }) => !done) &&
      problem(
        'topic-done-with-open-tasks',
        'It is done, and some of its tasks are open; tick them, or take it back to “active”.',
        { path: 'firstTasks' },
      ),
  ];
  return told.filter((each) => each !== false);
}
