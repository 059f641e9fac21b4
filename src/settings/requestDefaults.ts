import { ImageGenerationError } from '../imageModel/errors';
import type { ImageRequest } from '../imageModel/imageModel';
import { type ModelDescriptor, rulesFor } from '../imageModel/modelDescriptor';
import { defaultParameters } from '../imageModel/parameters';
import { checkRequest } from '../imageModel/requestRules';
import { shownPrompt } from '../imageModel/shownPrompt';
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
    const last = remembered ? this.#lastValid(model, own, input) : {};
    return { ...own, ...last, ...input };
  }

  /**
   * Remembers the prompt and the parameters of a request that was sent. The prompt and the size of an edit belong to its
   * images, and not to what is made next.
   */
  async remember(request: ImageRequest): Promise<void> {
    const { modelId, images = [], typed } = request;
    const parameters = Object.fromEntries(
      Object.entries({
        ...request,
        ...withoutUndefined({ negativePrompt: typed?.negativePrompt }),
      }).filter(([name]) => !notRemembered.has(name)),
    );
    if (images.length === 0) {
      await this.memory.rememberPrompt(shownPrompt(request));
      await this.memory.rememberParameters(modelId, parameters);
      return;
    }
    const { size } = this.memory.parameters(modelId);
    const { size: _, ...others } = parameters;
    await this.memory.rememberParameters(modelId, { ...others, ...(size && { size }) });
  }

  /** What was remembered, but for what would break a rule of the model in this request. */
  #lastValid(
    model: ModelDescriptor,
    own: Omit<ImageRequest, 'prompt'>,
    input: RequestInput,
  ): Partial<ImageRequest> {
    const { size, ...others } = withoutUndefined(this.memory.parameters(model.id));
    // With images the shape is theirs, unless it is chosen anew.
    let last: Partial<ImageRequest> = input.images?.length || !size ? others : { ...others, size };
    for (;;) {
      const issues = checkRequest(model, { ...own, ...last, ...input }, model.regions[0] ?? '');
      const broken = new Set<string>(issues.map(({ field }) => field));
      const kept = Object.entries(last).filter(([name]) => name in input || !broken.has(name));
      if (kept.length === Object.keys(last).length) return last;
      // One that goes may break another, such as a number of images that only a set can have.
      last = Object.fromEntries(kept);
    }
  }
}

/** What belongs to one request, or would turn the next one into something else. */
const notRemembered: ReadonlySet<string> = new Set<keyof ImageRequest>([
  'modelId',
  'prompt',
  'seed',
  'images',
  'mask',
  'boxes',
  'editFunction',
  'sequential',
  'interleave',
  'typed',
]);

/** Drops what is undefined, so that it does not hide a default when spread over it. */
export function withoutUndefined<T extends object>(
  value: T,
): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined);
  // Object.fromEntries forgets the keys' types; they are the ones that came in.
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}
