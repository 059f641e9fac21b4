import * as vscode from 'vscode';
import type { GenerationJob, JobPhase } from '../generation/generationJob';
import type { GenerationService } from '../generation/generationService';

/** Tells in the status bar how many images are on their way; there only while that is more than none. */
export class StatusBar implements vscode.Disposable {
  readonly #item = vscode.window.createStatusBarItem('easel.jobs', vscode.StatusBarAlignment.Right);
  readonly #subscription: { dispose(): unknown };

  constructor(service: Pick<GenerationService, 'jobs' | 'onDidChangeJob'>) {
    this.#item.name = vscode.l10n.t('Easel: Running Jobs');
    this.#item.command = 'easel.openStudio';
    this.#subscription = service.onDidChangeJob(() => this.#update(service.jobs()));
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#item.dispose();
  }

  #update(jobs: readonly GenerationJob[]): void {
    const counts = countImages(jobs);
    const images = counts.waiting + counts.making + counts.downloading;
    if (images === 0) {
      this.#item.hide();
      return;
    }
    // Nothing turns while everything waits.
    const icon = images === counts.waiting ? '$(watch)' : '$(sync~spin)';
    this.#item.text = `${icon} ${
      images === 1 ? vscode.l10n.t('1 image') : vscode.l10n.t('{0} images', images)
    }`;
    this.#item.tooltip = statusTooltip(counts);
    this.#item.show();
  }
}

/** How many images are where on their way. */
export type ImageCounts = Readonly<Record<'waiting' | 'making' | 'downloading', number>>;

/** The images of running jobs; a place in the service's queue is waiting too. */
export function countImages(
  jobs: readonly Pick<GenerationJob, 'request' | 'state'>[],
): ImageCounts {
  const counts = { waiting: 0, making: 0, downloading: 0 };
  for (const { request, state } of jobs) {
    if (state.status !== 'running') continue;
    const { progress } = state;
    const isDownload = progress.phase === 'downloading';
    counts[groupOf(progress)] += isDownload ? progress.total - progress.done : request.count;
  }
  return counts;
}

function groupOf({ phase }: JobPhase): keyof ImageCounts {
  switch (phase) {
    case 'waiting':
    case 'throttled':
    case 'queued':
      return 'waiting';
    case 'downloading':
      return 'downloading';
    default:
      return 'making';
  }
}

function statusTooltip({ waiting, making, downloading }: ImageCounts): string {
  return [
    waiting > 0 && vscode.l10n.t('Waiting: {0}', waiting),
    making > 0 && vscode.l10n.t('Being made: {0}', making),
    downloading > 0 && vscode.l10n.t('Downloading: {0}', downloading),
    vscode.l10n.t('Open the Studio'),
  ]
    .filter(Boolean)
    .join('\n');
}
