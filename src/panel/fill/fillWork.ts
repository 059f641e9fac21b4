import * as vscode from 'vscode';
import type { FillItem } from '../../documents/fillPlan';
import type { FillPoints } from '../../documents/fillPoints';
import { fileUriAt } from '../../documents/insertionPoint';
import { placeOfItem } from '../../documents/itemPlace';
import { isInPlace } from '../../documents/jobContent';
import { missingFiles } from '../../documents/linkedFile';
import { type GenerationJob, isOpen } from '../../generation/generationJob';
import { shownPrompt } from '../../imageModel/shownPrompt';
import { isPlaceholderFile } from '../../workspace/placeholders';
import type { PanelServices } from '../panelServices';
import type { EndedFill, FillPorts } from './fillPorts';
import type { FillQuotes } from './fillQuotes';
import { stopJob } from './stopJob';

/** What the work is done with. */
export type FillWorkServices = Pick<PanelServices, 'service' | 'starter' | 'follower' | 'notifier'>;

/** The work of a plan: its jobs, and the links in its documents. */
export function fillWork(
  { service, starter, follower, notifier }: FillWorkServices,
  quotes: FillQuotes,
  points: FillPoints,
): FillPorts {
  const link = async (item: FillItem, job: GenerationJob): Promise<boolean> => {
    const [image] = job.state.status === 'saved' ? job.state.images.filter(isInPlace) : [];
    if (!image) return false;
    const file = vscode.Uri.parse(image.uri, true);
    const isWritten = await points.write(item.places[0], file, shownPrompt(job.request));
    if (isWritten) service.setLink(job.id, undefined);
    return isWritten;
  };
  return {
    isReady: (entry) => !quotes.of(entry).issues.some(({ severity }) => severity === 'error'),
    isStillMissing: (item) => isStillMissing(item, points),
    start: (entry) => {
      const [place] = entry.item.places;
      const document = fileUriAt(vscode.Uri.parse(place.document, true));
      return starter.start(quotes.of(entry).request, {
        ...{ document, link: points.spot(place), ...placeOfItem(entry.item) },
        ...{ ask: true, isPlanned: true },
      });
    },
    follow: async (item, jobId): Promise<EndedFill> => {
      const { job, isLinkMissing } = await follower.followQuietly(jobId, true);
      // Its document is not open in a tab.
      const isLinked = !isLinkMissing || (await link(item, job));
      const [image] = job.state.status === 'saved' ? job.state.images.filter(isInPlace) : [];
      if (image) await linkOthers(item, vscode.Uri.parse(image.uri, true), points);
      return { job, isLinkMissing: !isLinked };
    },
    cancel: (jobId) => stopJob(service, jobId),
    isRunning: (jobId) => service.job(jobId)?.state.status === 'running',
    retry: (jobId) => service.retry(jobId),
    mayReplace: (jobId) => {
      const state = service.job(jobId)?.state;
      return state?.status === 'failed' && !isOpen(state);
    },
    onBug: (error) => notifier.log(error),
  };
}

/** The image may have been made meanwhile, or nothing wants it any more. */
async function isStillMissing(
  { file, places, reason }: FillItem,
  points: FillPoints,
): Promise<boolean> {
  await points.prepare(places);
  if (!places.some((place) => points.spot(place))) return false;
  if (!file) return true;
  const uri = vscode.Uri.parse(file.uri, true);
  if ((await missingFiles([uri])).size > 0) return true;
  return reason === 'placeholder' && (await isPlaceholderFile(uri));
}

/** The other links to the same file, which are right unless the image got another extension. */
async function linkOthers(
  { file, places: [, ...others], prompt }: FillItem,
  image: vscode.Uri,
  points: FillPoints,
): Promise<void> {
  if (image.toString() === file?.uri) return;
  for (const place of others) await points.write(place, image, prompt);
}
