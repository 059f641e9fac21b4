import { ImageGenerationError } from '../imageModel/errors';
import type { ImageModel, ImageProvider, ServicePlace } from '../imageModel/imageModel';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import type { ModelPrice } from '../imageModel/price';
import { DashScopeModel } from './dashScopeModel';
import { findModel, modelCatalog } from './modelCatalog';
import type { ModelRow } from './modelRow';
import { guidePollDelay, type PollPlanner } from './pollSchedule';
import { findPrice } from './prices';
import { findRegion, isCustomEndpoint } from './regions';
import { type ClientEnvironment, DashScopeTransport, endpointInvalid } from './transport';
import type { UploadCache } from './upload';

/** What the provider is given from outside. */
export interface DashScopeProviderOptions extends ClientEnvironment {
  /** Origin of the service for a region. */
  readonly baseUrlFor: (regionId: string) => string;
  /** The workspace to name in each request; undefined for the account's own. */
  readonly workspaceIdFor?: (regionId: string) => string | undefined;
  /** Reads the file of an input image. */
  readonly readImage?: (uri: string) => Promise<Uint8Array>;
  /** Asked for each request, with the origin that it goes to: a key must reach no other. */
  readonly getApiKey: (regionId: string, baseUrl: string) => Promise<string | undefined>;
  /** The guide's schedule if absent. */
  readonly pollPlanner?: PollPlanner;
  /** Remembers the uploads of input images; they are forgotten with this provider if absent. */
  readonly uploadCache?: UploadCache;
  /** Every known model if absent. */
  readonly catalog?: readonly ModelRow[];
}

/** Learns nothing. */
const guidePlanner: PollPlanner = { schedule: () => guidePollDelay, observe: () => {} };

/** Alibaba Cloud Model Studio's image models. */
export class DashScopeProvider implements ImageProvider {
  readonly #options: DashScopeProviderOptions;
  readonly #catalog: readonly ModelRow[];
  readonly #uploadCache: UploadCache;
  readonly #taskDoubts = new Set<string>();

  constructor(options: DashScopeProviderOptions) {
    this.#options = options;
    this.#catalog = options.catalog ?? modelCatalog;
    this.#uploadCache = options.uploadCache ?? new Map();
  }

  models(): readonly ModelDescriptor[] {
    return this.#catalog;
  }

  describe(modelId: string): ModelDescriptor | undefined {
    return findModel(modelId, this.#catalog);
  }

  price(modelId: string, regionId: string): ModelPrice | undefined {
    return findPrice(modelId, regionId);
  }

  place(regionId: string): ServicePlace {
    const { baseUrlFor, workspaceIdFor } = this.#options;
    const baseUrl = baseUrlFor(regionId);
    if (URL.canParse(baseUrl)) {
      return {
        regionId,
        baseUrl: new URL(baseUrl).origin,
        workspaceId: workspaceIdFor?.(regionId),
      };
    }
    throw endpointInvalid(baseUrl);
  }

  createModel(modelId: string, { regionId, baseUrl, workspaceId }: ServicePlace): ImageModel {
    const row = findModel(modelId, this.#catalog);
    if (!row) {
      throw new ImageGenerationError(
        'modelUnavailable',
        `There is no model "${modelId}"; choose one of the list.`,
        { code: 'UnknownModel' },
      );
    }
    const options = this.#options;
    const transport = new DashScopeTransport(options, {
      baseUrl,
      getApiKey: () => options.getApiKey(regionId, baseUrl),
      workspaceId,
    });
    const hasUploads = findRegion(regionId)?.hasUploads || isCustomEndpoint(regionId, baseUrl);
    return new DashScopeModel({
      row,
      destination: { regionId, baseUrl },
      environment: options,
      taskDoubts: this.#taskDoubts,
      tasks: {
        transport,
        environment: options,
        pollPlanner: options.pollPlanner ?? guidePlanner,
      },
      carriers: {
        readImage: options.readImage,
        upload: hasUploads
          ? { transport, environment: options, baseUrl, cache: this.#uploadCache }
          : undefined,
      },
    });
  }
}
