import type { ImageRule } from '../imageModel/inputImage';
import { type ModelDescriptor, rulesFor } from '../imageModel/modelDescriptor';
import type { Draft } from '../shared/panelProtocol';
import { fromDraft, keptParameters, toDraft } from './drafts';
import type { PanelModels } from './panelModels';
import type { PanelServices } from './panelServices';

/** What the form is filled with. */
export class FormDrafts {
  constructor(
    private readonly services: Pick<PanelServices, 'requests' | 'memory' | 'shelf' | 'styles'>,
    private readonly models: PanelModels,
  ) {}

  /**
   * What was typed last, for another model when its own is gone; else the defaults.
   * @param handedOver a prompt that goes before both
   */
  first(kept: Draft | undefined, handedOver?: string): Draft {
    const { requests, memory, shelf } = this.services;
    const model = this.models.first();
    if (kept && model) {
      const typed = { ...kept, prompt: handedOver ?? kept.prompt };
      return this.models.find(kept.modelId) ? typed : this.switched(typed, model);
    }
    const prompt = handedOver ?? memory.lastPrompt;
    const input = { prompt, ...(model && { modelId: model.id }) };
    return toDraft(requests.complete(input, true), shelf);
  }

  /** The draft for another model: what is typed and the images stay, what only one of the models has is kept, the rest is as the model was used last. */
  switched(draft: Draft, model: ModelDescriptor): Draft {
    const { requests, shelf, styles } = this.services;
    const { prompt, style = null, negativePrompt, images, mask } = draft;
    const { images: taken = [] } = fromDraft(draft, model, shelf, styles);
    const input = { prompt, modelId: model.id, ...(taken.length > 0 && { images: taken }) };
    const filled = toDraft(requests.complete(input, true), shelf);
    const from = this.models.describe(draft.modelId);
    const parameters = { ...filled.parameters, ...keptParameters(draft.parameters, from, model) };
    return { ...filled, style, negativePrompt, images, mask, parameters };
  }

  /** What input images the draft may have; undefined where its model takes none. */
  imageRule(draft: Draft): ImageRule | undefined {
    const { shelf, styles } = this.services;
    const model = this.models.find(draft.modelId);
    return model && rulesFor(model, fromDraft(draft, model, shelf, styles)).images;
  }
}
