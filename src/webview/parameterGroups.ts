import { unmetCondition } from '../imageModel/conditions';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import { type ParameterName, parameterNames } from '../imageModel/parameters';
import type { Draft, PanelInput } from '../shared/panelProtocol';
import { h, setAttribute } from './dom';
import { subjectOf } from './draft';
import {
  createParameterField,
  type ParameterField,
  type ParameterFieldParts,
} from './parameterField';

/** The fields of all parameters, in the places where the form has them. */
export interface ParameterGroups {
  /** These change what else is in the form. */
  readonly first: HTMLElement;
  readonly main: HTMLElement;
  /** Under "More options". */
  readonly others: HTMLElement;
  readonly fields: Readonly<Record<ParameterName, ParameterField>>;
  /** Shows what the model has and what applies to this draft, with its values. */
  show(model: ModelDescriptor, draft: Draft, inputs: readonly PanelInput[]): void;
}

const firstNames: readonly ParameterName[] = ['editFunction', 'sequential', 'interleave'];
const otherNames: readonly ParameterName[] = [
  'sketchWeight',
  'sketchExtraction',
  'sketchColors',
  'thinking',
  'promptExtend',
  'promptExtendMode',
  'colorPalette',
  'boxes',
  'watermark',
];
const mainNames = parameterNames.filter(
  (name) => !firstNames.includes(name) && !otherNames.includes(name),
);

/** Makes the fields; those that do not apply are hidden, and keep their values. */
export function createParameterGroups(
  parts: Pick<ParameterFieldParts, 'strings' | 'language'>,
  onChange: (name: ParameterName, value: Parameters<ParameterFieldParts['onChange']>[0]) => void,
): ParameterGroups {
  const entries = parameterNames.map((name) => [
    name,
    createParameterField({ ...parts, name, onChange: (value) => onChange(name, value) }),
  ]);
  // Object.fromEntries forgets the names.
  const fields = Object.fromEntries(entries) as Readonly<Record<ParameterName, ParameterField>>;
  const group = (names: readonly ParameterName[]): HTMLElement =>
    h('div', { class: 'parameters' }, ...names.map((name) => fields[name].element));
  const groups = [firstNames, mainNames, otherNames].map(group);
  const [first, main, others] = groups as [HTMLElement, HTMLElement, HTMLElement]; // as many as the lists
  return {
    ...{ first, main, others, fields },
    show: (model, draft, inputs) => {
      const subject = subjectOf(model, draft);
      for (const name of parameterNames) {
        const spec = model.parameters[name];
        const applies = spec !== undefined && !unmetCondition(spec.when, subject);
        setAttribute(fields[name].element, 'hidden', !applies);
        if (applies) fields[name].show(spec, draft.parameters[name], inputs);
      }
      for (const each of groups) {
        const isEmpty = [...each.children].every((child) => child.hasAttribute('hidden'));
        setAttribute(each, 'hidden', isEmpty);
      }
    },
  };
}
