import { ImageGenerationError } from '../imageModel/errors';
import type {
  DeliveredImage,
  GeneratedImage,
  GenerateOptions,
  ImageDelivery,
  ImageModel,
  ImageProvider,
  ImageRequest,
} from '../imageModel/imageModel';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import { downloadImage } from './download';
import { hostScope } from './hostScope';
import { imageGeneration } from './imageGeneration';
import { imageSynthesis } from './imageSynthesis';
import { findModel, type ModelRow, modelCatalog, type ProtocolName } from './modelCatalog';
import { multimodalGeneration } from './multimodalGeneration';
import { guidePollDelay, type PollSchedule } from './pollSchedule';
import type { Protocol } from './protocol';
import { readDelivery } from './readDelivery';
import { submitTask, type TaskContext, waitForTask } from './tasks';
import { type ClientEnvironment, DashScopeTransport } from './transport';

/** What the provider is given from outside. */
export interface DashScopeProviderOptions extends ClientEnvironment {
  /** Origin of the service for a region; asked once for each model that is created. */
  readonly baseUrlFor: (regionId: string) => string;
  /** Asked for each request, with the origin that it goes to: a key must reach no other. */
  readonly getApiKey: (regionId: string, baseUrl: string) => Promise<string | undefined>;
  /** The guide's schedule if absent. */
  readonly pollSchedule?: PollSchedule;
}

const protocols: Readonly<Record<ProtocolName, Protocol>> = {
  multimodalGeneration,
  imageGeneration,
  imageSynthesis,
};

/** Alibaba Cloud Model Studio's image models. */
export class DashScopeProvider implements ImageProvider {
  readonly #options: DashScopeProviderOptions;

  constructor(options: DashScopeProviderOptions) {
    this.#options = options;
  }

  models(): readonly ModelDescriptor[] {
    return modelCatalog;
  }

  createModel(modelId: string, regionId: string): ImageModel {
    const row = findModel(modelId);
    if (!row) {
      throw new ImageGenerationError(
        'modelUnavailable',
        `There is no model "${modelId}"; choose one of the list.`,
        { code: 'UnknownModel' },
      );
    }
    return new DashScopeModel(row, regionId, this.#options);
  }
}

class DashScopeModel implements ImageModel {
  readonly #row: ModelRow;
  readonly #baseUrl: string;
  readonly #environment: ClientEnvironment;
  readonly #taskContext: TaskContext;

  constructor(row: ModelRow, regionId: string, options: DashScopeProviderOptions) {
    this.#row = row;
    this.#environment = options;
    this.#baseUrl = options.baseUrlFor(regionId);
    this.#taskContext = {
      environment: options,
      pollSchedule: options.pollSchedule ?? guidePollDelay,
      transport: new DashScopeTransport(options, {
        baseUrl: this.#baseUrl,
        getApiKey: () => options.getApiKey(regionId, this.#baseUrl),
      }),
    };
  }

  async generate(request: ImageRequest, options: GenerateOptions): Promise<ImageDelivery> {
    const { path, isAsync, buildBody } = protocols[this.#row.protocol];
    const body = buildBody(this.#row, request);
    this.#environment.logger.debug(`generate: ${JSON.stringify(body)}`);
    if (!isAsync) {
      const reply = await this.#taskContext.transport.submit(path, body, false, options);
      return readDelivery(reply.output, { requestId: reply.request_id ?? '' });
    }
    const task = await submitTask(this.#taskContext, path, body, options);
    return readDelivery(await waitForTask(task, this.#taskContext, options), task);
  }

  async resume(taskId: string, options: GenerateOptions): Promise<ImageDelivery> {
    const task = { taskId, requestId: '' };
    return readDelivery(await waitForTask(task, this.#taskContext, options), task);
  }

  download({ url }: DeliveredImage, { signal }: GenerateOptions): Promise<GeneratedImage> {
    const allowLoopback =
      URL.canParse(this.#baseUrl) && hostScope(new URL(this.#baseUrl).hostname) === 'loopback';
    return downloadImage(url, { environment: this.#environment, allowLoopback, signal });
  }
}
