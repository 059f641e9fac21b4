import {
  type ParameterName,
  type ParameterSpec,
  type ParameterValue,
  parameterKinds,
} from '../imageModel/parameters';
import type { PanelStrings } from '../shared/pageStrings';
import type { PanelInput } from '../shared/panelProtocol';
import { createBoxesField } from './boxesField';
import { createCheckField } from './checkField';
import { createChoiceField } from './choiceField';
import { createColorsField } from './colorsField';
import { h, setText } from './dom';
import type { Field } from './field';
import { createField } from './field';
import { createNumberInput } from './numberInput';

/** A field for one of the parameters that only some models have. */
export interface ParameterField extends Field {
  /** Shows the value under the model's rules; `inputs` are the form's images. */
  show(spec: ParameterSpec, value: ParameterValue | undefined, inputs: readonly PanelInput[]): void;
}

/** What such a field is made of. `onChange` gets undefined for "not set". */
export interface ParameterFieldParts {
  readonly name: ParameterName;
  readonly strings: PanelStrings;
  readonly language: string;
  onChange(value: ParameterValue | undefined): void;
}

/** Makes the field by the kind of the parameter's values. */
export function createParameterField(parts: ParameterFieldParts): ParameterField {
  return creators[parameterKinds[parts.name]](parts);
}

type Creator = (parts: ParameterFieldParts) => ParameterField;

const creators: Readonly<Record<ParameterSpec['kind'], Creator>> = {
  flag: createFlagField,
  number: createNumberField,
  choice: createParameterChoice,
  colors: createColorsField,
  palette: createColorsField,
  boxes: createBoxesField,
};

function createFlagField({ name, strings, onChange }: ParameterFieldParts): ParameterField {
  const field = createCheckField({ name, ...strings.parameters[name] }, onChange);
  return {
    ...field,
    show: (spec, value) => {
      field.control.checked = (value ?? (spec.kind === 'flag' && spec.default)) === true;
    },
  };
}

function createNumberField(parts: ParameterFieldParts): ParameterField {
  const { name, strings, language } = parts;
  const numbers = new Intl.NumberFormat(language);
  const range = h('span', { class: 'aside', 'aria-hidden': 'true' });
  const input = createNumberInput<null>({
    id: name,
    whenEmpty: null,
    isDecimal: true,
    onInput: (value) => parts.onChange(value ?? undefined),
  });
  const field = createField({
    name,
    ...strings.parameters[name],
    control: input.element,
    aside: range,
  });
  return {
    ...field,
    show: (spec, value) => {
      if (spec.kind !== 'number') return;
      const { min, max, isInteger = false } = spec;
      const { element } = input;
      element.min = String(min);
      element.max = String(max);
      element.step = isInteger ? '1' : '0.1';
      element.placeholder =
        spec.default === undefined ? strings.notSet : numbers.format(spec.default);
      setText(range, `${numbers.format(min)}–${numbers.format(max)}`);
      input.setValue(typeof value === 'number' ? value : null);
    },
  };
}

function createParameterChoice({ name, strings, onChange }: ParameterFieldParts): ParameterField {
  const field = createChoiceField({ name, ...strings.parameters[name] }, onChange);
  return {
    ...field,
    show: (spec, value) => {
      if (spec.kind !== 'choice') return;
      const labels = strings.choiceNames;
      field.setChoices(spec.values.map((each) => ({ value: each, label: labels[each] ?? each })));
      field.setValue(typeof value === 'string' ? value : spec.default);
    },
  };
}
