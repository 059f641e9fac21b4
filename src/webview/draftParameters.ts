import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import {
  defaultParameters,
  type ParameterName,
  type ParameterValue,
  parameterNames,
} from '../imageModel/parameters';
import { carriedParameters, isOfferedChoice } from '../shared/carryParameters';
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

/** For another model: what was changed stays, the rest becomes that model's default. */
export function carryParameters(
  parameters: Parameters,
  from: ModelDescriptor | undefined,
  to: ModelDescriptor,
): Parameters {
  return { ...defaultParameters(to.parameters), ...carriedParameters(parameters, from, to) };
}

/** What the model has is as it has it, and the rest stays; the same object when nothing has to change. */
export function fitParameters(parameters: Parameters, model: ModelDescriptor): Parameters {
  const defaults = defaultParameters(model.parameters);
  let fitted = parameters;
  for (const name of parameterNames) {
    const value = parameters[name];
    const spec = model.parameters[name];
    // A number may have been emptied.
    const isMissing = value === undefined && spec?.kind !== 'number' && name in defaults;
    const isWrong = value !== undefined && spec && !isOfferedChoice(spec, value);
    if (isMissing || isWrong) fitted = withParameter(fitted, name, spec && defaults[name]);
  }
  return fitted;
}
