import * as vscode from 'vscode';
import type { JobFile } from '../generation/generationJob';
import type { FillItem } from './fillPlan';

/** Where the image of a plan goes: to the path that its link names; undefined where that names none. */
export function placeOfItem({
  file,
  reason,
}: Pick<FillItem, 'file' | 'reason'>):
  | { readonly folder: vscode.Uri; readonly file: JobFile }
  | undefined {
  if (!file) return undefined;
  return {
    folder: vscode.Uri.parse(file.folder, true),
    file: { base: file.base, ...(reason === 'placeholder' && { replaces: file.uri }) },
  };
}
