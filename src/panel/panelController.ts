import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { GenerationJob, SavedImage } from '../generation/generationJob';
import type { GenerationService } from '../generation/generationService';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import { checkRequest } from '../imageModel/requestRules';
import type { ApiKeyStore } from '../settings/apiKeyStore';
import type { ParameterMemory } from '../settings/parameterMemory';
import type { RequestDefaults } from '../settings/requestDefaults';
import type { Settings } from '../settings/settings';
import {
  type Draft,
  type DraftIssue,
  type HostMessage,
  type PageMessage,
  type PanelJob,
  pageMessageSchema,
} from '../shared/panelProtocol';
import type { ErrorNotifier } from '../ui/errorNotifier';
import type { ImageActions } from '../ui/imageActions';
import { issueText } from '../ui/issueText';
import { regionText } from '../ui/regionText';
import type { Logger } from '../util/logger';
import type { AssetsFolder } from '../workspace/assetsFolder';
import type { JobStarter } from '../workspace/jobStarter';
import type { RecentJobs } from '../workspace/recentJobs';
import { type DraftMemory, fromDraft, toDraft } from './drafts';
import { PanelJobs } from './panelJobs';

/** What the panel works with; the same for every panel. */
export interface PanelServices {
  readonly settings: Settings;
  readonly apiKeys: ApiKeyStore;
  readonly memory: ParameterMemory;
  readonly requests: RequestDefaults;
  readonly models: readonly ModelDescriptor[];
  readonly starter: JobStarter;
  readonly folders: AssetsFolder;
  readonly service: GenerationService;
  readonly recentJobs: RecentJobs;
  readonly drafts: DraftMemory;
  readonly actions: ImageActions;
  readonly notifier: ErrorNotifier;
  readonly logger: Logger;
  readonly follower: JobTeller;
}

/** Says how a job ended that nobody is looking at. */
interface JobTeller {
  tell(job: GenerationJob): Promise<void>;
}

type Handlers = {
  readonly [T in PageMessage['type']]: (message: Extract<PageMessage, { type: T }>) => unknown;
};

/** Answers the page: validates what it says, does it, and posts what has changed. */
export class PanelController {
  readonly #services: PanelServices;
  readonly #post: (message: HostMessage) => void;
  readonly #jobs: PanelJobs;
  /** Nothing is posted before the page has said that it is there. */
  #isReady = false;
  /** A prompt handed over by a command before the page was ready. */
  #pendingPrompt: string | undefined;

  constructor(
    services: PanelServices,
    toWebviewUri: (uri: vscode.Uri) => vscode.Uri,
    post: (message: HostMessage) => void,
  ) {
    this.#services = services;
    this.#jobs = new PanelJobs(services.models, toWebviewUri);
    this.#post = post;
  }

  /** Handles one message of the page; what is not in the contract is logged and dropped. */
  async receive(data: unknown): Promise<void> {
    const { logger, notifier } = this.#services;
    const parsed = z.safeParse(pageMessageSchema, data);
    if (!parsed.success) {
      logger.warn('A message of the panel was dropped: it is not in the contract.');
      return;
    }
    try {
      await this.#handle(parsed.data);
    } catch (error) {
      await notifier.show(error);
    }
  }

  /** Posts everything but the form; called when settings or keys have changed. */
  async refresh(): Promise<void> {
    if (this.#isReady) await this.#postState();
  }

  /** The page is destroyed while it is hidden; it says `ready` again when it is back. */
  hidden(): void {
    this.#isReady = false;
  }

  /** Shows the model that was chosen outside the panel, with what is typed. */
  async modelChanged(): Promise<void> {
    const { drafts, settings, requests } = this.#services;
    const kept = drafts.draft;
    const model = this.#modelInRegion(settings.model);
    if (!this.#isReady || !kept || !model || kept.modelId === model.id) return;
    const { prompt, negativePrompt } = kept;
    const request = requests.complete({ prompt, modelId: model.id }, true);
    await this.#postState({ ...toDraft(request), negativePrompt });
  }

  /** Fills the form's prompt, now or when the page is there. */
  async handOver(prompt: string): Promise<void> {
    this.#pendingPrompt = prompt;
    if (this.#isReady) await this.#postState(this.#firstDraft(this.#services.drafts.draft));
  }

  /** Posts one job that has changed. */
  postJob(job: Parameters<PanelJobs['fromJob']>[0]): void {
    if (this.#isReady) this.#post({ type: 'job', job: this.#jobs.fromJob(job) });
  }

  /** All jobs with images, newest first: those of this session, then those of earlier ones. */
  images(): readonly SavedImage[] {
    const { service, recentJobs } = this.#services;
    const live = service.jobs().flatMap(({ state }) => ('images' in state ? state.images : []));
    const earlier = recentJobs.all().flatMap(({ images }) => images);
    return [...live, ...earlier];
  }

  readonly #handlers: Handlers = {
    ready: async ({ draft }) => {
      this.#isReady = true;
      await this.#postState(this.#firstDraft(draft ?? this.#services.drafts.draft));
    },
    draftChanged: async ({ draft }) => {
      this.#post({ type: 'checked', issues: this.#check(draft) });
      await this.#services.drafts.remember(draft);
    },
    generate: async ({ draft }) => {
      const { settings, requests, starter, actions, notifier } = this.#services;
      await this.#services.drafts.remember(draft);
      const input = fromDraft(draft, requests.model(draft.modelId));
      const job = await starter.start(input, { document: actions.document, ask: true });
      if (!job) return;
      notifier.guard(this.#tellUnlessSeen(job.id));
      if (settings.model !== draft.modelId) await settings.setModel(draft.modelId);
    },
    cancel: ({ jobId }) => this.#services.service.cancel(jobId),
    retry: ({ jobId }) => {
      const { service } = this.#services;
      try {
        service.retry(jobId);
      } finally {
        // Also when there was nothing to do: the page's button waits for an answer.
        const job = service.job(jobId);
        if (job) this.postJob(job);
      }
    },
    insert: ({ imageId }) =>
      this.#services.actions.insert([this.#image(imageId)], this.#promptOf(imageId)),
    open: ({ imageId }) => this.#services.actions.open(this.#image(imageId)),
    copyPath: ({ imageId }) => this.#services.actions.copyPath(this.#image(imageId)),
    reveal: ({ imageId }) => this.#services.actions.reveal(this.#image(imageId)),
    act: ({ action }) => this.#services.notifier.run(action),
  };

  #handle<T extends PageMessage['type']>(message: Extract<PageMessage, { type: T }>): unknown {
    // TypeScript does not see that the handler and the message have the same T.
    const handler = this.#handlers[message.type] as (message: PageMessage) => unknown;
    return handler(message);
  }

  async #postState(draft?: Draft): Promise<void> {
    const { apiKeys, settings, models } = this.#services;
    const { regionId } = settings;
    const state = {
      models: models.filter(({ regions }) => regions.includes(regionId)),
      regionLabel: regionText(regionId),
      hasApiKey: await hasKey(apiKeys, regionId),
      jobs: this.#allJobs(),
    };
    this.#post({ type: 'state', state, ...(draft && { draft }) });
    if (draft) this.#post({ type: 'checked', issues: this.#check(draft) });
  }

  /** The page shows how its jobs end; when it is not there, or images wait for a place, a message does. */
  async #tellUnlessSeen(jobId: string): Promise<void> {
    const job = await this.#services.service.finished(jobId);
    const { state } = job;
    const images = state.status === 'saved' ? state.images : [];
    const waits = images.some(({ keptBecause }) => keptBecause !== undefined);
    if (!this.#isReady || waits) await this.#services.follower.tell(job);
  }

  #allJobs(): PanelJob[] {
    const { service, recentJobs } = this.#services;
    const live = service.jobs();
    const earlier = recentJobs.all().filter(({ id }) => !live.some((job) => job.id === id));
    return [
      ...live.map((job) => this.#jobs.fromJob(job)),
      ...earlier.map((job) => this.#jobs.fromRecentJob(job)),
    ];
  }

  /** What was typed last, while its model is there; else the defaults. A prompt handed over goes before both. */
  #firstDraft(kept: Draft | undefined): Draft {
    const { requests, memory, settings, models } = this.#services;
    const handedOver = this.#pendingPrompt;
    this.#pendingPrompt = undefined;
    if (kept && this.#modelInRegion(kept.modelId)) {
      return { ...kept, prompt: handedOver ?? kept.prompt };
    }
    const prompt = handedOver ?? kept?.prompt ?? memory.lastPrompt;
    const inRegion = models.find(({ regions }) => regions.includes(settings.regionId));
    const model = this.#modelInRegion(settings.model) ?? inRegion;
    return toDraft(requests.complete({ prompt, ...(model && { modelId: model.id }) }, true));
  }

  #check(draft: Draft): DraftIssue[] {
    const { requests, settings } = this.#services;
    const model = requests.model(draft.modelId);
    const request = requests.complete(fromDraft(draft, model), false);
    return checkRequest(model, request, settings.regionId).map((issue) => ({
      severity: issue.severity,
      field: issue.field,
      text: issueText(issue),
    }));
  }

  #modelInRegion(modelId: string): ModelDescriptor | undefined {
    const { models, settings } = this.#services;
    return models.find(({ id, regions }) => id === modelId && regions.includes(settings.regionId));
  }

  /** The page names images by id; one that it made up has no file. */
  #image(imageId: string): SavedImage {
    const found = this.images().find(({ id }) => id === imageId);
    if (!found) throw new Error(`the panel named an image that is not there: ${imageId}`);
    return found;
  }

  #promptOf(imageId: string): string {
    const { service, recentJobs } = this.#services;
    const has = (images: readonly { id: string }[]): boolean =>
      images.some(({ id }) => id === imageId);
    const live = service.jobs().find(({ state }) => 'images' in state && has(state.images));
    const job = live ?? recentJobs.all().find(({ images }) => has(images));
    return job?.request.prompt ?? '';
  }
}

/** False also when the endpoint is not usable; the next request says so in words. */
async function hasKey(apiKeys: ApiKeyStore, regionId: string): Promise<boolean> {
  try {
    return (await apiKeys.source(regionId)) !== undefined;
  } catch {
    return false;
  }
}
