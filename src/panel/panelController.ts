import * as vscode from 'vscode';
import * as z from 'zod/mini';
import type { GenerationJob } from '../generation/generationJob';
import type { InputImage } from '../imageModel/inputImage';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import { type ImageAction, imageActionSchema, type PageAction } from '../shared/galleryProtocol';
import { type PageMessage, pageMessageSchema } from '../shared/pageMessage';
import type { Draft, HostMessage, PanelInput } from '../shared/panelProtocol';
import { regionText } from '../ui/regionText';
import { checkDraft } from './checkDraft';
import { pairWithGit } from './compareHandlers';
import { fromDraft } from './drafts';
import { fillHandlers } from './fill/fillHandlers';
import { FormDrafts } from './formDrafts';
import { galleryHandlers } from './galleryHandlers';
import { imageHandlers } from './imageHandlers';
import { pickInputs } from './inputPicker';
import { PanelCancels } from './panelCancels';
import type { HandlersOf, PanelContext, PanelView } from './panelContext';
import { PanelInputs } from './panelInputs';
import { PanelJobs } from './panelJobs';
import { PanelModels } from './panelModels';
import { panelNotices } from './panelNotices';
import type { PanelServices } from './panelServices';
import { promptHandlers } from './promptHandlers';
import { promptState } from './promptState';
import { queueHandlers } from './queueHandlers';
import { tellUnlessSeen } from './tellUnlessSeen';

/** Answers the page: validates what it says, does it, and posts what has changed. */
export class PanelController {
  readonly #services: PanelServices;
  readonly #view: PanelView;
  readonly #jobs: PanelJobs;
  readonly #models: PanelModels;
  readonly #inputs: PanelInputs;
  /** The page has its first state: before that, it has no form that anything could be put into. */
  #isReady = false;
  /** Another one each time that the page is shown. */
  #visit = 0;
  /** As it is on the page, as far as is known here. */
  #draft: Draft | undefined;
  /** A prompt handed over by a command before the page was ready. */
  #pendingPrompt: string | undefined;
  readonly #waiting: (() => unknown)[] = [];
  readonly #cancels: PanelCancels;
  readonly #forms: FormDrafts;
  readonly #handlers: HandlersOf<PageMessage['type']>;

  constructor(services: PanelServices, view: PanelView) {
    const { service, history, shelf, inputs } = services;
    this.#services = services;
    this.#view = view;
    const toWebviewUri = (uri: vscode.Uri): vscode.Uri => view.toWebviewUri(uri);
    this.#models = new PanelModels(services);
    this.#inputs = new PanelInputs(shelf, inputs, (uri) =>
      view.mayShow(uri) ? toWebviewUri(vscode.Uri.parse(uri, true)).toString() : undefined,
    );
    const describe = (id: string): ModelDescriptor | undefined => this.#models.describe(id);
    this.#cancels = new PanelCancels(service, (jobId) => this.#postAgain(jobId));
    const isCancelling = (jobId: string): boolean => this.#cancels.has(jobId);
    this.#jobs = new PanelJobs({ service, history, describe, toWebviewUri, isCancelling });
    this.#forms = new FormDrafts(services, this.#models);
    const context: PanelContext = {
      ...{ services, view, jobs: this.#jobs },
      draft: () => this.#draft,
      post: (message) => this.post(message),
      refresh: () => this.refresh(),
      addInputs: (images, target) => this.addInputs(images, target),
    };
    this.#handlers = {
      ...this.#formHandlers,
      ...queueHandlers(context, this.#cancels),
      ...imageHandlers(context),
      ...galleryHandlers(context),
      ...promptHandlers(context),
      ...fillHandlers(services, () => this.#isReady),
    };
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
    this.#visit += 1;
    this.#isReady = false;
  }

  /** Shows the model that was chosen outside the panel, with what is typed. */
  async modelChanged(): Promise<void> {
    const { drafts, settings } = this.#services;
    const kept = this.#draft ?? drafts.draft;
    const model = this.#models.find(settings.model);
    if (!this.#isReady || !kept || !model || kept.modelId === model.id) return;
    await this.#postState(this.#forms.switched(kept, model));
  }

  /** Fills the form's prompt, now or when the page is there. */
  async handOver(prompt: string): Promise<void> {
    this.#pendingPrompt = prompt;
    if (this.#isReady) await this.#postState(this.#firstDraft(this.#draft));
  }

  /**
   * Puts input images into the form, now or when the page is there. A model that takes none gives way to one that does.
   * @throws ImageGenerationError for a file that cannot be read
   */
  async addInputs(
    images: readonly InputImage[],
    target: 'images' | 'mask' = 'images',
  ): Promise<void> {
    const added = await this.#inputs.add(images);
    await this.#onceReady(() => this.#postInputs(target, added));
  }

  /** Does what a menu on images says: here, or in the page. @throws for an image that is not there */
  async actOnImages(action: ImageAction | PageAction, imageIds: readonly string[]): Promise<void> {
    const own = z.safeParse(imageActionSchema, action);
    if (own.success) {
      const ids = [...imageIds];
      await this.#handlers.actOnImages({ type: 'actOnImages', action: own.data, imageIds: ids });
    } else if (this.#isReady) {
      // What is not the host's is the page's.
      this.#view.post({ type: 'actInPage', action: action as PageAction, imageIds });
    }
  }

  /** Shows a file beside its version in git, now or when the page is there. */
  async compareWithGit(file: vscode.Uri): Promise<void> {
    const { history, versions } = this.#services;
    await history.load();
    const id = history.imageAt(file.toString())?.image.id;
    const found = { file, ...(id !== undefined && { id }) };
    const images = await pairWithGit(versions, found, (uri) => this.#view.toWebviewUri(uri));
    if (images) await this.#onceReady(() => this.#view.post({ type: 'compare', images }));
  }

  /** Brings the plan of missing images to the front, now or when the page is there. */
  async showFill(): Promise<void> {
    await this.#onceReady(() => this.#view.post({ type: 'showFill' }));
  }

  /** Posts one job that has changed. */
  postJob(job: GenerationJob): void {
    this.post({ type: 'job', job: this.#jobs.fromJob(job) });
  }

  /** Dropped while the page is not there, since it gets everything when it comes. */
  post(message: HostMessage): void {
    if (this.#isReady) this.#view.post(message);
  }

  readonly #formHandlers: HandlersOf<
    'ready' | 'draftChanged' | 'generate' | 'retry' | 'chooseInputs' | 'act'
  > = {
    ready: async ({ draft }) => {
      const { history, styles, drafts } = this.#services;
      const visit = this.#visit;
      await Promise.all([history.load(), styles.loaded()]);
      if (visit !== this.#visit) return;
      await this.#postState(this.#firstDraft(draft ?? drafts.draft));
      if (this.#pendingPrompt !== undefined) await this.#postState(this.#firstDraft(this.#draft));
      for (const act of this.#waiting.splice(0)) await act();
    },
    draftChanged: async ({ draft }) => {
      this.#draft = draft;
      await this.#services.drafts.remember(draft);
      await this.#postCheck(draft);
    },
    generate: async ({ draft }) => {
      const { settings, requests, starter, actions, notifier, shelf, styles } = this.#services;
      this.#draft = draft;
      await styles.loaded();
      // In the place of one that was on its way, and is now about an older draft.
      await this.#postCheck(draft);
      await this.#services.drafts.remember(draft);
      const input = fromDraft(draft, requests.model(draft.modelId), shelf, styles);
      const job = await starter.start(input, { document: actions.document, ask: true });
      if (!job) return;
      notifier.guard(tellUnlessSeen(this.#services.follower, job.id, () => this.#isReady));
      if (settings.model !== draft.modelId) await settings.setModel(draft.modelId);
    },
    retry: ({ jobId }) => {
      const { service, notifier, follower } = this.#services;
      // Not when a message was quicker, and accompanies it itself.
      const isFailed = service.job(jobId)?.state.status === 'failed';
      try {
        service.retry(jobId);
        if (isFailed) notifier.guard(tellUnlessSeen(follower, jobId, () => this.#isReady));
      } finally {
        this.#postAgain(jobId);
      }
    },
    chooseInputs: ({ target }) => this.#chooseInputs(target),
    act: ({ action }) => this.#services.notifier.run(action),
  };

  /** Now, or when the page is there. */
  async #onceReady(act: () => unknown): Promise<void> {
    if (this.#isReady) await act();
    else this.#waiting.push(act);
  }

  #firstDraft(kept: Draft | undefined): Draft {
    const handedOver = this.#pendingPrompt;
    this.#pendingPrompt = undefined;
    return this.#forms.first(kept, handedOver);
  }

  #postAgain(jobId: string): void {
    const job = this.#services.service.job(jobId);
    if (job) this.postJob(job);
  }

  #handle<T extends PageMessage['type']>(message: Extract<PageMessage, { type: T }>): unknown {
    // TypeScript does not see that the handler and the message have the same T.
    const handler = this.#handlers[message.type] as (message: PageMessage) => unknown;
    return handler(message);
  }

  async #postState(draft?: Draft): Promise<void> {
    const { apiKeys, settings, drafts } = this.#services;
    const { regionId } = settings;
    const visit = this.#visit;
    if (draft) this.#draft = draft;
    const current = this.#draft ?? drafts.draft;
    await this.#inputs.learn(current);
    const state = {
      models: this.#models.all(current?.modelId),
      regionLabel: regionText(regionId),
      hasApiKey: await apiKeys.has(regionId),
      inputs: this.#inputs.of(current),
      jobs: this.#jobs.all(),
      notices: panelNotices(),
      fill: this.#services.fill.view((uri) => this.#view.toWebviewUri(uri)),
      ...promptState({ services: this.#services }),
    };
    // Hidden meanwhile, the page will ask again.
    if (visit !== this.#visit) return;
    this.#view.post({ type: 'state', state, ...(draft && { draft }) });
    this.#isReady = true;
    if (draft) await this.#postCheck(draft);
  }

  /** Of a draft that has changed meanwhile, nothing is said. */
  async #postCheck(draft: Draft): Promise<void> {
    await this.#inputs.learn(draft);
    if (this.#draft !== draft) return;
    this.#view.post({ type: 'checked', ...checkDraft(draft, this.#services, this.#inputs) });
  }

  async #chooseInputs(target: 'images' | 'mask'): Promise<void> {
    const rule = this.#draft && this.#forms.imageRule(this.#draft);
    if (!rule) return;
    const images = this.#jobs.images();
    const chosen = await pickInputs(images, target === 'mask' ? { ...rule, max: 1 } : rule);
    const added = await this.#inputs.add(chosen);
    if (this.#isReady && added.length > 0) await this.#postInputs(target, added);
  }

  /** The page adds them to what it shows; where the model has no use for them, it gets another one first. */
  async #postInputs(target: 'images' | 'mask', inputs: readonly PanelInput[]): Promise<void> {
    const { drafts } = this.#services;
    const draft = this.#draft ?? this.#firstDraft(drafts.draft);
    const model = this.#models.forImages(draft.modelId);
    if (!model) {
      await vscode.window.showInformationMessage(
        vscode.l10n.t('No model of your region takes input images.'),
      );
      return;
    }
    const isOther = model.id !== draft.modelId;
    if (isOther) await this.#postState(this.#forms.switched(draft, model));
    this.#view.post({ type: 'inputsAdded', target, inputs });
    const max = this.#forms.imageRule(draft)?.max ?? 1;
    const all = new Set([...draft.images, ...inputs.map(({ id }) => id)]);
    if (isOther || target === 'mask' || max === 1 || all.size <= max) return;
    await vscode.window.showInformationMessage(
      vscode.l10n.t('The model takes at most {0} input images. Remove one to add another.', max),
    );
  }
}
