import { ImageGenerationError } from '../imageModel/errors';
import type { ImageRequest } from '../imageModel/imageModel';
import { type ModelDescriptor, rulesFor } from '../imageModel/modelDescriptor';
import { defaultParameters } from '../imageModel/parameters';
import { checkRequest } from '../imageModel/requestRules';
import type { ParameterMemory } from './parameterMemory';
import type { Settings } from './settings';

/** A request with gaps; only the prompt must be there. */
export type RequestInput = Pick<ImageRequest, 'prompt'> & Partial<ImageRequest>;

/** Fills the gaps of a request from the settings and, where asked, from what the model was last used with. */
export class RequestDefaults {
  constructor(
    private readonly settings: Pick<Settings, 'model'>,
    private readonly memory: ParameterMemory,
    private readonly describe: (modelId: string) => ModelDescriptor | undefined,
  ) {}

  /** The chosen model. @throws ImageGenerationError of kind `modelUnavailable` when nothing is known of the id. */
  model(modelId = this.settings.model): ModelDescriptor {
    const found = this.findModel(modelId);
    if (found) return found;
    throw new ImageGenerationError('modelUnavailable', `There is no model "${modelId}".`, {
      code: 'UnknownModel',
    });
  }

  /** A listed model, or the rules of its family for another id; undefined when nothing is known of it. */
  findModel(modelId: string): ModelDescriptor | undefined {
    return this.describe(modelId);
  }

  /**
   * @param remembered takes the last used parameters before the model's own defaults; a caller that names its
   * parameters wants the same result each time and passes false.
   * @throws ImageGenerationError of kind `modelUnavailable`
   */
  complete(input: RequestInput, remembered: boolean): ImageRequest {
    const model = this.model(input.modelId);
    const rules = rulesFor(model, input);
    const own = {
      modelId: model.id,
      size: rules.defaultSize,
      count: 1,
      ...defaultParameters(model.parameters),
    };
    const last = remembered ? this.#lastValid(model, { ...own, ...input }) : {};
    return { ...own, ...last, ...input };
  }

  /**
   * Remembers the prompt and the parameters of a request that was sent. The prompt and the size of an edit belong to its
   * images, and not to what is made next.
   */
  async remember(request: ImageRequest): Promise<void> {
    const { modelId, prompt, seed: _, images, mask: __, boxes: ___, ...parameters } = request;
    const isEdit = images !== undefined && images.length > 0;
    if (!isEdit) await this.memory.rememberPrompt(prompt);
    const { size } = isEdit ? this.memory.parameters(modelId) : parameters;
    const { size: ____, ...others } = parameters;
    await this.memory.rememberParameters(modelId, { ...others, ...(size && { size }) });
  }

  /** What was remembered, but for what the model's rules no longer allow. */
  #lastValid(model: ModelDescriptor, own: ImageRequest): Partial<ImageRequest> {
    const last: Partial<ImageRequest> = withoutUndefined(this.memory.parameters(model.id));
    const regionId = model.regions[0] ?? '';
    const broken: string[] = checkRequest(model, { ...own, ...last }, regionId).map(
      ({ field }) => field,
    );
    // With images the shape is theirs, unless it is chosen anew.
    if (own.images?.length) broken.push('size');
    return Object.fromEntries(
      Object.entries(last).filter(([field]) => !broken.some((name) => name === field)),
    );
  }
}

/** Drops what is undefined, so that it does not hide a default when spread over it. */
export function withoutUndefined<T extends object>(
  value: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  // Object.fromEntries forgets the keys' types; they are the ones that came in.
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
