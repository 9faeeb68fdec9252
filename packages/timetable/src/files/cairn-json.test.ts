import { expectOk } from '@cairn/kernel/result';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitraryInstance } from '../../../../tests/arbitrary-instances.ts';
import { readCairnInstance, writeCairnInstance } from './cairn-json.ts';

describe('an instance in Cairn’s JSON', () => {
  test('is read as it was written', () => {
    fc.assert(
      fc.property(arbitraryInstance(), ({ instance }) => {
        const text = writeCairnInstance(instance);
        expect(expectOk(readCairnInstance(text, 'summit.json'))).toEqual(instance);
      }),
    );
  });
});
