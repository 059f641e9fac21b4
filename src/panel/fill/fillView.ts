import * as vscode from 'vscode';
import type { FillItem, FillReason } from '../../documents/fillPlan';
import { type GenerationJob, retryKind } from '../../generation/generationJob';
import { ImageGenerationError } from '../../imageModel/errors';
import type { PanelFill, PanelFillItem, PanelFillSummary } from '../../shared/fillProtocol';
import { errorText } from '../../ui/errorText';
import { issueText } from '../../ui/issueText';
import { phaseText } from '../../ui/phaseText';
import { estimateText, priceText } from '../../ui/priceText';
import type { FillEntry } from './fillEntry';
import type { FillQuotes } from './fillQuotes';
import type { FillSession } from './fillSession';

/** What a plan is shown from. */
export interface FillViewParts {
  readonly session: FillSession;
  readonly quotes: FillQuotes;
  /** Of the document or the folder. */
  readonly title: string;
  /** Not every document of the folder was looked at. */
  readonly limitText: string | undefined;
  readonly jobOf: (id: string) => GenerationJob | undefined;
}

type ToWebviewUri = (uri: vscode.Uri) => vscode.Uri;

/** The whole plan as the page shows it. */
export function fillView(parts: FillViewParts, toWebviewUri: ToWebviewUri): PanelFill {
  const { session, quotes, title, limitText } = parts;
  const { model, price, sizes } = quotes;
  const documents = documentsOf(session);
  return {
    ...{ id: session.id, title, sizes },
    ...(limitText !== undefined && { limitText }),
    documents: documents.map((uri) => vscode.workspace.asRelativePath(vscode.Uri.parse(uri, true))),
    modelLabel: model.label,
    priceText: price ? priceText(price) : vscode.l10n.t('price not known'),
    promptLimit: model.promptLimit,
    items: session.entries.map((entry) => fillItemView(parts, entry, documents, toWebviewUri)),
    summary: fillSummary(parts),
  };
}

/** Some of the plan's images as the page shows them. */
export function fillItemViews(
  parts: FillViewParts,
  ids: readonly string[],
  toWebviewUri: ToWebviewUri,
): readonly PanelFillItem[] {
  const documents = documentsOf(parts.session);
  return ids.flatMap((id) => {
    const entry = parts.session.entry(id);
    return entry ? [fillItemView(parts, entry, documents, toWebviewUri)] : [];
  });
}

/** How the run of a plan goes. */
export function fillSummary({ session, quotes }: FillViewParts): PanelFillSummary {
  const startable = session.startable();
  const { price } = quotes;
  const cost = startable.length > 0 ? quotes.total(startable) : undefined;
  const count = (...wanted: readonly FillEntry['state']['status'][]): number =>
    session.entries.filter(({ state }) => wanted.includes(state.status)).length;
  const note = noteText(session);
  return {
    status: session.status,
    startable: startable.length,
    ...(cost && price && { costText: estimateText(cost, price) }),
    done: count('done'),
    failed: count('failed'),
    open: count('waiting', 'running'),
    hasRun: session.hasRun,
    ...(note && { note }),
  };
}

function documentsOf({ entries }: FillSession): readonly string[] {
  return [...new Set(entries.map(({ item }) => item.places[0].document))];
}

function noteText({ status, keptOnStop }: FillSession): string | undefined {
  if (status !== 'stopping' || keptOnStop === 0) return undefined;
  return keptOnStop === 1
    ? vscode.l10n.t('The service has begun 1 image, which is billed; it is still saved.')
    : vscode.l10n.t(
        'The service has begun {0} images, which are billed; they are still saved.',
        keptOnStop,
      );
}

function fillItemView(
  { session, quotes, jobOf }: FillViewParts,
  entry: FillEntry,
  documents: readonly string[],
  toWebviewUri: ToWebviewUri,
): PanelFillItem {
  const { item, prompt, isTicked, state } = entry;
  const { places, file, reason } = item;
  const { request, issues } = quotes.of(entry);
  const [issue] = state.status === 'planned' ? issues : [];
  const job = state.status === 'failed' && state.jobId ? jobOf(state.jobId) : undefined;
  return {
    ...{ id: item.id, prompt, size: request.size, isTicked, status: state.status },
    document: documents.indexOf(places[0].document),
    line: places[0].line,
    ...(file && { fileName: file.name }),
    hint: hintText(item),
    reason: reasonText(reason),
    text: stateText(entry, jobOf),
    ...(issue && { issue: { severity: issue.severity, text: issueText(issue) } }),
    ...(state.status === 'done' && {
      src: toWebviewUri(vscode.Uri.parse(state.image.uri, true)).toString(),
    }),
    retry: retryOf(entry, job, session),
    actions: state.status === 'failed' ? errorOf(state.error).actions : [],
  };
}

function hintText({ file, places }: FillItem): string {
  const path = file && vscode.workspace.asRelativePath(vscode.Uri.parse(file.uri, true));
  const others = places.length - 1;
  const more =
    others === 0
      ? ''
      : others === 1
        ? vscode.l10n.t('1 other link wants it, too')
        : vscode.l10n.t('{0} other links want it, too', others);
  return [path, more].filter(Boolean).join(' · ');
}

function reasonText(reason: FillReason): string {
  switch (reason) {
    case 'missing':
      return vscode.l10n.t('missing');
    case 'placeholder':
      return vscode.l10n.t('placeholder');
    case 'empty':
      return vscode.l10n.t('empty link');
    case 'todo':
      return vscode.l10n.t('to do');
    case 'field':
      return vscode.l10n.t('front matter');
  }
}

function stateText({ state }: FillEntry, jobOf: (id: string) => GenerationJob | undefined): string {
  switch (state.status) {
    case 'planned':
      return '';
    case 'waiting':
      return vscode.l10n.t('Waiting');
    case 'running': {
      const job = jobOf(state.jobId);
      return job?.state.status === 'running' ? phaseText(job.state.progress) : '';
    }
    case 'done': {
      const kept = state.image.keptBecause !== undefined;
      return kept || state.isLinkMissing
        ? vscode.l10n.t('The image is saved, but it could not be linked here.')
        : vscode.l10n.t('Done');
    }
    case 'skipped':
      return vscode.l10n.t('No longer missing');
    case 'failed':
      return errorOf(state.error).message;
  }
}

function retryOf(
  { state }: FillEntry,
  job: GenerationJob | undefined,
  { status }: FillSession,
): PanelFillItem['retry'] {
  if (state.status !== 'failed' || status === 'stopping') return 'none';
  if (state.jobId === undefined) return 'again';
  return job?.state.status === 'failed' ? retryKind(job.state) : 'none';
}

function errorOf(error: unknown): ReturnType<typeof errorText> {
  if (error instanceof ImageGenerationError) return errorText(error);
  return {
    message: vscode.l10n.t('Easel ran into a bug. The log has the details.'),
    actions: ['showLog'],
  };
}
