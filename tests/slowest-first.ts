import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes minutes: begun last, it would run on alone when all else is done. */
const SLOWEST = ['tests/browser/screens.test.ts', 'tests/browser/bad-input.test.ts'];

/** Browser tests before all others, and the slowest of them first. */
export class SlowestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId, project }: TestSpecification): number => {
      const place = SLOWEST.findIndex((path) => moduleId.endsWith(path));
      if (place !== -1) return place;
      return SLOWEST.length + (project.name === 'browser' ? 0 : 1);
    };
    return (await super.sort(files)).sort((one, other) => rank(one) - rank(other));
  }
}
