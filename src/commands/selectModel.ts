import * as vscode from 'vscode';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import type { PriceList } from '../settings/priceList';
import type { RequestDefaults } from '../settings/requestDefaults';
import type { Settings } from '../settings/settings';
import { issueText } from '../ui/issueText';
import { isModelItem, type ModelItem, type ModelList, modelItems, typedItem } from './modelItems';

/** What the command is built from. */
export interface SelectModelOptions {
  readonly settings: Pick<Settings, 'model' | 'regionId' | 'setModel'>;
  readonly models: readonly ModelDescriptor[];
  readonly requests: Pick<RequestDefaults, 'findModel'>;
  readonly prices: Pick<PriceList, 'find'>;
}

/** Lets the person pick one of the models that the region has, or type an id, and remembers it in `easel.model`. */
export async function selectModel({
  settings,
  models,
  requests,
  prices,
}: SelectModelOptions): Promise<void> {
  const { regionId, model: current } = settings;
  const own = requests.findModel(current);
  const list: ModelList = {
    models: [
      ...(own?.facts === 'guessed' ? [own] : []),
      ...models.filter(({ regions }) => regions.includes(regionId)),
    ],
    regionId,
    current,
    priceOf: (id) => prices.find(id, regionId),
  };
  const picked = await pick(list, (id) => requests.findModel(id));
  if (!picked) return;
  await settings.setModel(picked.modelId);
  vscode.window.setStatusBarMessage(vscode.l10n.t('New images: {0}', picked.name), 5000);
}

/** Opens the list at the current model; what is typed may be an id of its own. */
function pick(
  list: ModelList,
  describe: (id: string) => ModelDescriptor | undefined,
): Promise<ModelItem | undefined> {
  const listed = modelItems(list);
  const box = vscode.window.createQuickPick();
  box.title = vscode.l10n.t('Select the model for new images');
  box.placeholder = vscode.l10n.t('Search, or type the id of a model that is not listed');
  box.matchOnDescription = true;
  box.matchOnDetail = true;
  box.items = listed;
  box.activeItems = listed.filter((item) => isModelItem(item) && item.modelId === list.current);
  let hasEntry = false;
  box.onDidChangeValue((value) => {
    const isListed = listed.some((item) => matches(item, value.trim()));
    const entry = isListed ? undefined : typedEntry(value.trim(), describe, list);
    // Items that are set anew lose the place in the list.
    if (entry || hasEntry) box.items = entry ? [...listed, entry] : listed;
    hasEntry = entry !== undefined;
    // "…-2.0" is also in "…-2.0-pro", which costs more.
    const exact = listed.filter((item) => isModelItem(item) && isNamed(item, value.trim()));
    if (exact.length > 0) box.activeItems = exact;
  });
  return new Promise((resolve) => {
    box.onDidAccept(() => {
      const chosen = box.selectedItems.find(isModelItem);
      // A remark cannot be chosen.
      if (!chosen) return;
      resolve(chosen);
      box.hide();
    });
    box.onDidHide(() => {
      resolve(undefined);
      box.dispose();
    });
    box.show();
  });
}

function isNamed({ modelId, name }: ModelItem, text: string): boolean {
  return [modelId, name].some((known) => known.toLowerCase() === text.toLowerCase());
}

/** About as VS Code finds entries. */
function matches({ label, description = '', detail = '' }: vscode.QuickPickItem, text: string) {
  return [label, description, detail].some((part) =>
    part.toLowerCase().includes(text.toLowerCase()),
  );
}

/** What the list says of a text that finds nothing: an offer to use it as an id, or why it cannot be one. */
function typedEntry(
  text: string,
  describe: (id: string) => ModelDescriptor | undefined,
  list: ModelList,
): vscode.QuickPickItem {
  const model = describe(text);
  if (model?.facts === 'guessed') return typedItem(model, list);
  if (model) {
    const { regions } = model;
    const elsewhere = { severity: 'error', field: 'model', rule: 'notInRegion', regions } as const;
    return { label: model.label, detail: issueText(elsewhere), alwaysShow: true };
  }
  return {
    label: vscode.l10n.t('No model matches “{0}”', text),
    detail: vscode.l10n.t('The id of a model begins with qwen-image, wan or z-image.'),
    alwaysShow: true,
  };
}
