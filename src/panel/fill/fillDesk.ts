import { randomUUID } from 'node:crypto';
import type * as vscode from 'vscode';
import { type FillItem, planFill } from '../../documents/fillPlan';
import { FillPoints } from '../../documents/fillPoints';
import { readDocuments } from '../../documents/fillSources';
import type { FillHostMessage, PanelFill, PanelFillSummary } from '../../shared/fillProtocol';
import { type DisposableLike, DisposableStore } from '../../util/disposable';
import { Emitter } from '../../util/emitter';
import type { PanelServices } from '../panelServices';
import { FillQuotes } from './fillQuotes';
import { FillSession } from './fillSession';
import { type FillViewParts, fillItemViews, fillSummary, fillView } from './fillView';
import { type FillWorkServices, fillWork } from './fillWork';

/** What a plan is made for. */
export interface FillTarget {
  /** Of the document or the folder. */
  readonly title: string;
  readonly documents: readonly vscode.Uri[];
  /** Not every document of the folder is among them. */
  readonly limitText?: string | undefined;
}

/** What the desk works with. */
export type FillServices = FillWorkServices &
  Pick<PanelServices, 'settings' | 'requests' | 'models' | 'prices'>;

interface OpenPlan extends FillViewParts {
  readonly target: FillTarget;
  readonly points: FillPoints;
  readonly subscription: DisposableLike;
}

type ToWebviewUri = (uri: vscode.Uri) => vscode.Uri;

/** Holds the one plan of missing images that the window has, and says what changes of it. */
export class FillDesk implements DisposableLike {
  readonly #services: FillServices;
  readonly #quotes: FillQuotes;
  readonly #subscription: DisposableLike;
  readonly #changed: Emitter<(toWebviewUri: ToWebviewUri) => FillHostMessage>;
  #plan: OpenPlan | undefined;
  #changedIds: Set<string> | undefined;
  /** With what makes the message for a page. */
  readonly onDidChange;

  /** @param show brings the plan before the person */
  constructor(
    services: FillServices,
    readonly show: () => Promise<void>,
  ) {
    this.#services = services;
    this.#quotes = new FillQuotes(services);
    this.#changed = new Emitter((error) => services.notifier.log(error));
    this.onDidChange = this.#changed.event;
    const subscriptions = new DisposableStore();
    const { service, settings } = services;
    subscriptions.add(service.onDidChangeJob(({ id }) => this.session?.touch(id)));
    for (const key of ['easel.model', 'easel.region', 'easel.prices'] as const) {
      subscriptions.add(settings.onDidChange(key, () => this.refresh()));
    }
    this.#subscription = subscriptions;
  }

  get session(): FillSession | undefined {
    return this.#plan?.session;
  }

  /** Of the document or the folder that the plan is for. */
  get title(): string | undefined {
    return this.#plan?.title;
  }

  /** How the run of the plan goes. */
  get summary(): PanelFillSummary | undefined {
    return this.#plan && fillSummary(this.#plan);
  }

  get quotes(): FillQuotes {
    return this.#quotes;
  }

  /** The images that the documents lack. */
  async plan({ documents }: FillTarget): Promise<readonly FillItem[]> {
    return planFill(await readDocuments(documents));
  }

  /** Puts a plan in the place of the one that is there; what runs of that goes on. */
  open(target: FillTarget, items: readonly FillItem[]): void {
    const { service } = this.#services;
    const id = randomUUID();
    const points = new FillPoints();
    const session = new FillSession(
      id,
      // Messages of the page may still be about the plan before.
      items.map((item) => ({ ...item, id: `${id}-${item.id}` })),
      fillWork(this.#services, this.#quotes, points),
      this.session?.entries,
    );
    this.#leave();
    this.#quotes.refresh();
    const subscription = session.onDidChange((ids) => this.#tell(ids));
    this.#plan = {
      ...{ target, points, session, subscription, quotes: this.#quotes },
      ...{ title: target.title, limitText: target.limitText, jobOf: (job) => service.job(job) },
    };
    this.#tellAll();
  }

  /** Looks at the documents of the plan again. */
  async planAgain(): Promise<void> {
    const { target } = this.#plan ?? {};
    if (target) this.open(target, await this.plan(target));
  }

  close(): void {
    this.#leave();
    this.#tellAll();
  }

  /** Prices and models may be others. */
  refresh(): void {
    this.#quotes.refresh();
    if (this.#plan) this.#tellAll();
  }

  /** Undefined where there is no plan. */
  view(toWebviewUri: ToWebviewUri): PanelFill | undefined {
    return this.#plan && fillView(this.#plan, toWebviewUri);
  }

  /** Finds the places of the plan before anything is written into its documents. */
  async prepare(): Promise<void> {
    const { points, session } = this.#plan ?? {};
    await points?.prepare(session?.entries.flatMap(({ item }) => item.places) ?? []);
  }

  /** For a plan that is gone, what is still to be linked goes by the jobs. */
  #leave(): void {
    const plan = this.#plan;
    this.#plan = undefined;
    plan?.subscription.dispose();
    if (!plan) return;
    void plan.session.settled().finally(() => plan.points.dispose());
  }

  #tell(ids: readonly string[]): void {
    const isFirst = this.#changedIds === undefined;
    this.#changedIds ??= new Set();
    for (const id of ids) this.#changedIds.add(id);
    // What changes together is told together.
    if (isFirst) setImmediate(() => this.#tellChanged());
  }

  #tellChanged(): void {
    const ids = [...(this.#changedIds ?? [])];
    this.#changedIds = undefined;
    const plan = this.#plan;
    if (!plan) return;
    this.#changed.fire((toWebviewUri) => ({
      type: 'fillChanged',
      items: fillItemViews(plan, ids, toWebviewUri),
      summary: fillSummary(plan),
    }));
  }

  #tellAll(): void {
    this.#changed.fire((toWebviewUri) => ({
      type: 'fill',
      fill: this.view(toWebviewUri) ?? null,
    }));
  }

  dispose(): void {
    this.#leave();
    this.#subscription.dispose();
  }
}
