import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import type { Draft } from '../shared/panelProtocol';

/** What the number of images depends on. */
export interface CountRules {
  readonly max: number;
  /** Images that tell one story, of which one alone makes no sense. */
  readonly isSet: boolean;
}

/** How many images a set has where nobody has chosen a number. */
const usualSet = 4;

/** Of a draft under the rules of its model. */
export function countRules(draft: Draft, rules: ModelDescriptor): CountRules {
  const isSet = rules.parameters.sequential !== undefined && draft.parameters.sequential === true;
  return { max: rules.maxImagesPerCall, isSet };
}

/** The draft with a number of images that was typed. */
export function withoutOwnCount(draft: Draft): Draft {
  const { ownCount: _, ...others } = draft;
  return others;
}

/**
 * The draft with a number of images that its new rules allow. The person's own number is kept, and is back when the
 * rules allow it again; under the same rules nothing changes.
 */
export function fitCount(draft: Draft, before: CountRules | undefined, after: CountRules): Draft {
  const { max, isSet } = after;
  if (before && before.max === max && before.isSet === isSet) return draft;
  const own = draft.ownCount ?? draft.count;
  // One that was typed for a set is meant.
  const isMeant = before?.isSet === true && draft.ownCount === undefined;
  const wanted = isSet && own === 1 && !isMeant ? usualSet : own;
  const count = Math.min(Math.max(1, wanted), max);
  return { ...withoutOwnCount(draft), count, ...(count !== own && { ownCount: own }) };
}
