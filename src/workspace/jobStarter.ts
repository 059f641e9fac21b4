import type * as vscode from 'vscode';
import type { GenerationJob, JobFile, LinkSpot } from '../generation/generationJob';
import type { GenerationService } from '../generation/generationService';
import { ImageGenerationError } from '../imageModel/errors';
import type { ImageRequest } from '../imageModel/imageModel';
import type { ApiKeyStore } from '../settings/apiKeyStore';
import type { PriceList } from '../settings/priceList';
import type { RequestDefaults, RequestInput } from '../settings/requestDefaults';
import type { Settings } from '../settings/settings';
import type { AssetsFolder } from './assetsFolder';
import type { ImagePlaces } from './imagePlaces';
import type { InputFiles } from './inputFiles';

/** What the starter is built from. */
export interface JobStarterOptions {
  readonly settings: Settings;
  readonly apiKeys: ApiKeyStore;
  readonly requests: RequestDefaults;
  readonly folders: Pick<AssetsFolder, 'ensureWritable'>;
  readonly places: ImagePlaces;
  readonly service: GenerationService;
  readonly prices: PriceList;
  readonly inputs: InputFiles;
  /** From 0 to below 1. */
  readonly random: () => number;
  /** Explains where a key comes from and asks for it; false when the person did not give one. */
  readonly askForKey: (regionId: string) => Promise<boolean>;
}

/** Where a job's images go and whether the person may be asked. */
export interface JobPlace {
  /** The document that the images are for; decides the assets folder. */
  readonly document?: vscode.Uri | undefined;
  /** Instead of the assets folder and what VS Code says of pasted files. */
  readonly folder?: vscode.Uri | undefined;
  /** Instead of a name from the prompt and the file name setting. */
  readonly file?: JobFile | undefined;
  /** One of many that were planned together: it is not what the person used last. */
  readonly isPlanned?: boolean | undefined;
  /** Where the images are to be linked. */
  readonly link?: LinkSpot | undefined;
  /** False for callers that run unattended: what is missing is an error then. */
  readonly ask: boolean;
}

/** The one way in: every command and the panel start jobs here, and nothing is sent before all checks have passed. */
export class JobStarter {
  readonly #options: JobStarterOptions;

  constructor(options: JobStarterOptions) {
    this.#options = options;
  }

  /**
   * Reads the input images, checks rules, key and folder in this order, then starts.
   * @returns undefined when the person cancelled a question.
   * @throws ImageGenerationError before anything was sent
   */
  async start(input: RequestInput, place: JobPlace): Promise<GenerationJob | undefined> {
    const { settings, requests, folders, places, service, prices } = this.#options;
    const { regionId } = settings;
    const completed = requests.complete(await this.#inspectInputs(input), place.ask);
    // What runs unattended is sent as it was given.
    const request = place.ask ? this.#withSeed(completed) : completed;
    service.check(request, regionId);
    if (!(await this.#hasKey(regionId, place.ask))) return undefined;
    const found = await places.find(request, place);
    if (!found) return undefined;
    await folders.ensureWritable(found.folder);
    // What runs unattended is not what the person used last.
    if (place.ask && !place.isPlanned) await requests.remember(request);
    const price = prices.find(request.modelId, regionId);
    return service.start({
      request,
      regionId,
      folder: found.folder.toString(),
      file: found.file,
      link: place.link,
      ...(price && { price }),
    });
  }

  /** The service chooses a seed without telling it, so Easel does: an image whose seed is known can be made again. */
  #withSeed(request: ImageRequest): ImageRequest {
    const { requests, random } = this.#options;
    const { seed, facts } = requests.model(request.modelId);
    if (!seed || request.seed !== undefined || facts === 'guessed') return request;
    return { ...request, seed: seed.min + Math.floor(random() * (seed.max - seed.min + 1)) };
  }

  /** The files may have changed since they were chosen. */
  async #inspectInputs(input: RequestInput): Promise<RequestInput> {
    const { inputs } = this.#options;
    const { images, mask } = input;
    return {
      ...input,
      ...(images && { images: await inputs.inspectAll(images) }),
      ...(mask && { mask: await inputs.inspect(mask) }),
    };
  }

  async #hasKey(regionId: string, ask: boolean): Promise<boolean> {
    if (await this.#options.apiKeys.source(regionId)) return true;
    if (ask) return this.#options.askForKey(regionId);
    throw new ImageGenerationError('auth', 'There is no API key for this region yet.', {
      code: 'NoApiKey',
    });
  }
}
