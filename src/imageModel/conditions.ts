import type { ImageRequest } from './imageModel';
import type { ParameterName } from './parameters';

/** What a rule depends on; plain data, so that the page can judge it too. */
export type Condition =
  | { readonly parameter: ParameterName; readonly is: readonly (string | boolean)[] }
  | { readonly images: 'none' | 'some' };

/** The part of a request that conditions look at. */
export type ConditionSubject = Pick<ImageRequest, 'images'> &
  Partial<Record<ParameterName, unknown>>;

/** The first condition that does not hold; undefined when all do. */
export function unmetCondition(
  conditions: readonly Condition[] = [],
  subject: ConditionSubject,
): Condition | undefined {
  return conditions.find((condition) => !holds(condition, subject));
}

function holds(condition: Condition, subject: ConditionSubject): boolean {
  if ('images' in condition) {
    return (subject.images ?? []).length > 0 === (condition.images === 'some');
  }
  // A flag that is not set is off.
  const value = subject[condition.parameter] ?? false;
  return condition.is.some((expected) => expected === value);
}
