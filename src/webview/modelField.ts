import type { PanelStrings } from '../shared/pageStrings';
import type { PanelModel } from '../shared/panelProtocol';
import { createChoiceField } from './choiceField';
import { h, setAttribute, setText } from './dom';
import type { Field } from './field';

/** The choice of a model, with its price and what should be known of it. */
export interface ModelField extends Field {
  setModels(models: readonly PanelModel[], regionLabel: string): void;
  show(model: PanelModel): void;
}

/** Makes the model field. */
export function createModelField(
  strings: Pick<PanelStrings, 'model' | 'otherModel'>,
  actions: { onChoose(modelId: string): void; onOther(): void },
): ModelField {
  const region = h('span', { class: 'aside' });
  const field = createChoiceField(
    { name: 'model', label: strings.model, aside: region },
    actions.onChoose,
  );
  const price = h('span', { class: 'price' });
  const other = h('button', { type: 'button', class: 'link other-model' }, strings.otherModel);
  other.addEventListener('click', actions.onOther);
  const note = h('p', { class: 'hint model-note', hidden: true });
  field.element.append(h('div', { class: 'model-line' }, price, other), note);
  return {
    ...field,
    setModels: (models, regionLabel) => {
      field.setChoices(
        models.map(({ id, label, family }) => ({ value: id, label, group: family })),
      );
      setText(region, regionLabel);
    },
    show: (model) => {
      field.setValue(model.id);
      setText(price, model.priceText ?? '');
      setText(note, model.note ?? '');
      setAttribute(note, 'hidden', !model.note);
    },
  };
}
