import * as vscode from 'vscode';
import type { ApiKeyStore } from '../settings/apiKeyStore';
import type { Settings } from '../settings/settings';
import { regionText } from '../ui/regionText';

/** A region as far as keys are concerned. */
interface KeyRegion {
  readonly id: string;
  /** The page where its keys are made. */
  readonly keysUrl: string;
}

/** What the key commands are built from. */
export interface ManageApiKeyOptions {
  readonly apiKeys: ApiKeyStore;
  readonly settings: Settings;
  readonly regions: readonly KeyRegion[];
}

/** `Set API Key…`: asks for the region, then for the key; a region's key opens no other region. */
export async function setApiKey(options: ManageApiKeyOptions): Promise<void> {
  const region = await pickRegion(options, vscode.l10n.t('Set the API key of which region?'));
  if (!region || !(await enterKey(options, region.id))) return;
  const { settings } = options;
  if (region.id === settings.regionId) {
    const check = vscode.l10n.t('Check Connection');
    const message = vscode.l10n.t('The API key for {0} is saved.', regionText(region.id));
    // The command has done its work; the offer may stay on the screen.
    void vscode.window.showInformationMessage(message, check).then(async (chosen) => {
      if (chosen === check) await vscode.commands.executeCommand('easel.checkConnection');
    });
    return;
  }
  const use = vscode.l10n.t('Use {0}', regionText(region.id));
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      'The API key for {0} is saved. Easel is set to {1}.',
      regionText(region.id),
      regionText(settings.regionId),
    ),
    use,
  );
  if (chosen === use) await settings.setRegion(region.id);
}

/** First use: says what a key is and where it comes from, and asks for it. False when none was given. */
export async function askForKey(options: ManageApiKeyOptions, regionId: string): Promise<boolean> {
  const set = vscode.l10n.t('Set API Key');
  const get = vscode.l10n.t('Get a Key');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      "Easel needs an API key of Alibaba Cloud Model Studio for {0}. It is kept in VS Code's secret storage.",
      regionText(regionId),
    ),
    set,
    get,
  );
  if (!chosen) return false;
  const region = options.regions.find(({ id }) => id === regionId);
  if (chosen === get && region) {
    await vscode.env.openExternal(vscode.Uri.parse(region.keysUrl));
  }
  return enterKey(options, regionId);
}

/** `Remove API Key…`: asks which stored key goes. */
export async function removeApiKey(options: ManageApiKeyOptions): Promise<void> {
  const { apiKeys, regions } = options;
  const sources = await Promise.all(regions.map(({ id }) => apiKeys.source(id)));
  const stored = regions.filter((_, index) => sources[index] === 'stored');
  const [only, ...others] = stored;
  if (!only) {
    void vscode.window.showInformationMessage(
      sources.includes('environment')
        ? vscode.l10n.t(
            'Easel has stored no API key. The one in use comes from the environment variable DASHSCOPE_API_KEY.',
          )
        : vscode.l10n.t('Easel has stored no API key.'),
    );
    return;
  }
  const region =
    others.length === 0
      ? only
      : await pickRegion(
          { ...options, regions: stored },
          vscode.l10n.t('Remove the API key of which region?'),
        );
  if (!region) return;
  await apiKeys.remove(region.id);
  void vscode.window.showInformationMessage(
    vscode.l10n.t('The API key for {0} is removed.', regionText(region.id)),
  );
}

async function pickRegion(
  { apiKeys, settings, regions }: ManageApiKeyOptions,
  title: string,
): Promise<KeyRegion | undefined> {
  const sources = {
    stored: vscode.l10n.t('key stored'),
    environment: vscode.l10n.t('key from DASHSCOPE_API_KEY'),
  };
  const items = await Promise.all(
    regions.map(async (region) => {
      const source = await apiKeys.source(region.id);
      const notes = [
        ...(region.id === settings.regionId ? [vscode.l10n.t('in use')] : []),
        ...(source ? [sources[source]] : []),
      ];
      return {
        label: regionText(region.id),
        description: notes.join(' · '),
        detail: region.id,
        region,
      };
    }),
  );
  items.sort(
    (a, b) => Number(b.region.id === settings.regionId) - Number(a.region.id === settings.regionId),
  );
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('Choose a region; the key comes next.'),
    ignoreFocusOut: true,
  });
  return picked?.region;
}

async function enterKey(
  { apiKeys, settings }: ManageApiKeyOptions,
  regionId: string,
): Promise<boolean> {
  const key = await vscode.window.showInputBox({
    title: vscode.l10n.t('API Key for {0}', regionText(regionId)),
    prompt: vscode.l10n.t('Paste the API key of Model Studio.'),
    password: true,
    ignoreFocusOut: true,
    validateInput: (value) => keyProblem(value.trim()) ?? keyDoubt(value.trim(), settings.endpoint),
  });
  if (!key) return false;
  await apiKeys.set(regionId, key.trim());
  return true;
}

/** A key has many shapes; only what cannot be one is refused. */
function keyProblem(key: string): string | undefined {
  if (key === '') return vscode.l10n.t('The key is empty. Paste it from the console.');
  // Anything else cannot travel in an HTTP header.
  if (!/^[\x21-\x7e]+$/.test(key)) {
    return vscode.l10n.t(
      'A key has no spaces and only Latin letters, digits and signs. Copy it again.',
    );
  }
  return undefined;
}

/** Keys of all kinds begin in one of these ways so far; another is taken all the same. */
function keyDoubt(key: string, endpoint: string): vscode.InputBoxValidationMessage | undefined {
  const severity = vscode.InputBoxValidationSeverity.Warning;
  if (/^sk-sp-/.test(key) && endpoint === '') {
    const message = vscode.l10n.t(
      'This is the key of a Coding or Token Plan. It works only with the address of the plan, in the setting easel.endpoint.',
    );
    return { message, severity };
  }
  if (/^(sk|st)-/.test(key)) return undefined;
  return {
    message: vscode.l10n.t('This does not look like a key of Model Studio: those begin with sk-.'),
    severity,
  };
}
