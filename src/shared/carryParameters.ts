import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import {
  defaultParameters,
  type ImageParameters,
  type ParameterSpec,
  type ParameterValue,
  parameterNames,
} from '../imageModel/parameters';
import type { Draft } from './panelProtocol';

type Parameters = Draft['parameters'];

/** Those that the model has; a draft also keeps what other models have. */
export function ownParameters(parameters: Parameters, model: ModelDescriptor): Parameters {
  const entries = Object.entries(parameters);
  const names = new Set<string>(parameterNames.filter((name) => model.parameters[name]));
  return Object.fromEntries(entries.filter(([name]) => names.has(name)));
}

/**
 * What was changed under one model and can stay under another: what the other model lacks is kept until one has it.
 * @param from undefined when nothing is known of it: what is missing in the other model is then dropped, as it may be a
 * mere default
 */
export function carriedParameters(
  parameters: Parameters,
  from: ModelDescriptor | undefined,
  to: ModelDescriptor,
): Parameters {
  const before: ImageParameters = from ? defaultParameters(from.parameters) : {};
  const carried = parameterNames.flatMap((name) => {
    const value = parameters[name];
    const spec = to.parameters[name];
    if (value === undefined || value === before[name]) return [];
    return (spec ? isWithin(spec, value) : from) ? [[name, value]] : [];
  });
  return Object.fromEntries(carried);
}

/** Whether a choice is one of those that the model offers; true for what is no choice. */
export function isOfferedChoice(spec: ParameterSpec, value: ParameterValue): boolean {
  return spec.kind !== 'choice' || spec.values.some((offered) => offered === value);
}

function isWithin(spec: ParameterSpec, value: ParameterValue): boolean {
  if (spec.kind !== 'number') return isOfferedChoice(spec, value);
  return typeof value === 'number' && value >= spec.min && value <= spec.max;
}
