import type { FillStrings, PanelFillItem, PanelFillSummary } from '../../shared/fillProtocol';
import { format } from '../text';

/** How the row of an image is called: by its file, else by its line. */
export function rowName({ fileName, line }: PanelFillItem, strings: FillStrings): string {
  return fileName ?? `${strings.newFile} (${format(strings.line, line)})`;
}

/** What the button does that starts a run. */
export function startText(
  { startable, hasRun, costText }: PanelFillSummary,
  strings: FillStrings,
): string {
  const one = hasRun ? strings.resumeOne : strings.generateOne;
  const many = hasRun ? strings.resumeMany : strings.generateMany;
  const text = startable === 1 ? one : format(many, startable);
  return costText ? `${text} · ${costText}` : text;
}

/** How far a run is; empty before there was any. */
export function progressText(
  { status, startable, done, failed, open, hasRun }: PanelFillSummary,
  strings: FillStrings,
): string {
  if (!hasRun) return '';
  // What a stopped run has left is still to be made.
  const left = status === 'idle' ? startable : open;
  const progress = format(strings.progress, done, done + failed + left);
  return failed > 0 ? `${progress} · ${format(strings.failed, failed)}` : progress;
}
