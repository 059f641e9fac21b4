import { ImageGenerationError } from '../imageModel/errors';
import type { ImageRequest } from '../imageModel/imageModel';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import { checkRequest } from '../imageModel/requestRules';
import type { ParameterMemory } from './parameterMemory';
import type { Settings } from './settings';

/** A request with gaps; only the prompt must be there. */
export type RequestInput = Pick<ImageRequest, 'prompt'> & Partial<ImageRequest>;

/** Fills the gaps of a request from the settings and, where asked, from what the model was last used with. */
export class RequestDefaults {
  constructor(
    private readonly settings: Settings,
    private readonly memory: ParameterMemory,
    private readonly models: () => readonly ModelDescriptor[],
  ) {}

  /** The chosen model. @throws ImageGenerationError of kind `modelUnavailable` when the id is not in the catalogue. */
  model(modelId = this.settings.model): ModelDescriptor {
    const found = this.models().find(({ id }) => id === modelId);
    if (found) return found;
    throw new ImageGenerationError('modelUnavailable', `There is no model "${modelId}".`, {
      code: 'UnknownModel',
    });
  }

  /**
   * @param remembered takes the last used parameters before the model's own defaults; a caller that names its
   * parameters wants the same result each time and passes false.
   * @throws ImageGenerationError of kind `modelUnavailable`
   */
  complete(input: RequestInput, remembered: boolean): ImageRequest {
    const model = this.model(input.modelId);
    const own = {
      modelId: model.id,
      size: model.defaultSize,
      count: 1,
      ...(model.promptExtendDefault !== undefined && { promptExtend: model.promptExtendDefault }),
      ...(model.watermark && { watermark: false }),
      ...(model.styles?.[0] !== undefined && { style: model.styles[0] }),
    };
    const last = remembered ? this.#lastValid(model, { ...own, prompt: input.prompt }) : {};
    return { ...own, ...last, ...input };
  }

  /** Remembers the prompt, and the parameters of a request that was sent. */
  async remember(request: ImageRequest): Promise<void> {
    const { modelId, prompt, seed: _, ...parameters } = request;
    await this.memory.rememberPrompt(prompt);
    await this.memory.rememberParameters(modelId, parameters);
  }

  /** What was remembered, but for what the model's rules no longer allow. */
  #lastValid(model: ModelDescriptor, own: ImageRequest): Partial<ImageRequest> {
    const last: Partial<ImageRequest> = withoutUndefined(this.memory.parameters(model.id));
    const regionId = model.regions[0] ?? '';
    const broken = checkRequest(model, { ...own, ...last }, regionId).map(({ field }) => field);
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
