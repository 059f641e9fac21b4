import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import {
  defaultParameters,
  type ImageParameters,
  type ParameterName,
  type ParameterSpec,
  type ParameterValue,
  parameterNames,
} from '../imageModel/parameters';
import type { Draft } from '../shared/panelProtocol';

type Parameters = Draft['parameters'];

/** The parameters with one of them set, or for undefined taken away. */
export function withParameter(
  parameters: Parameters,
  name: ParameterName,
  value: ParameterValue | undefined,
): Parameters {
  const { [name]: _, ...others } = parameters;
  return value === undefined ? others : { ...others, [name]: value };
}

/** For another model: what was changed stays where that model has it too, the rest becomes its default. */
export function carryParameters(
  parameters: Parameters,
  from: ModelDescriptor | undefined,
  to: ModelDescriptor,
): Parameters {
  const before: ImageParameters = from ? defaultParameters(from.parameters) : {};
  const carried = parameterNames.flatMap((name) => {
    const value = parameters[name];
    const spec = to.parameters[name];
    const isChanged = value !== undefined && value !== before[name];
    return spec && isChanged && isWithin(spec, value) ? [[name, value]] : [];
  });
  return { ...defaultParameters(to.parameters), ...Object.fromEntries(carried) };
}

/** Only what the model has, and as it has it; the same object when nothing has to change. */
export function fitParameters(parameters: Parameters, model: ModelDescriptor): Parameters {
  const defaults = defaultParameters(model.parameters);
  let fitted = parameters;
  for (const name of parameterNames) {
    const value = parameters[name];
    const spec = model.parameters[name];
    // A number may have been emptied.
    const isMissing = value === undefined && spec?.kind !== 'number' && name in defaults;
    const isWrong = value !== undefined && !(spec && isOfferedChoice(spec, value));
    if (isMissing || isWrong) fitted = withParameter(fitted, name, spec && defaults[name]);
  }
  return fitted;
}

function isWithin(spec: ParameterSpec, value: ParameterValue): boolean {
  if (spec.kind !== 'number') return isOfferedChoice(spec, value);
  return typeof value === 'number' && value >= spec.min && value <= spec.max;
}

function isOfferedChoice(spec: ParameterSpec, value: ParameterValue): boolean {
  return spec.kind !== 'choice' || spec.values.some((offered) => offered === value);
}
