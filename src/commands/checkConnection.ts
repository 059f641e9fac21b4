import * as vscode from 'vscode';
import type {
  ConnectionCheckOptions,
  ConnectionDiagnosis,
  ConnectionPlace,
  ConnectionPlan,
  ConnectionReport,
} from '../imageModel/connection';
import { ImageGenerationError } from '../imageModel/errors';
import type { ModelDescriptor } from '../imageModel/modelDescriptor';
import type { ApiKeyStore } from '../settings/apiKeyStore';
import { currentProxy } from '../settings/currentProxy';
import type { NetworkProxy } from '../settings/networkProxy';
import type { Settings } from '../settings/settings';
import { type ConnectionHome, connectionFinding } from '../ui/connectionText';
import { actionLabel, type ErrorNotifier } from '../ui/errorNotifier';
import { regionText } from '../ui/regionText';
import { listText } from '../ui/sentences';
import type { Logger } from '../util/logger';

/** A region as far as connections are concerned. */
interface ConnectionRegion {
  readonly id: string;
  /** Origin of the host that all its workspaces share. */
  readonly classicUrl?: string;
}

/** The settings that have a say. */
export type ConnectionCheckSettings = Pick<
  Settings,
  'regionId' | 'endpoint' | 'model' | 'setModel' | 'setRegion'
>;

/** What the command is built from. */
export interface CheckConnectionOptions {
  readonly apiKeys: ApiKeyStore;
  readonly settings: ConnectionCheckSettings;
  readonly notifier: Pick<ErrorNotifier, 'run'>;
  readonly logger: Logger;
  readonly regions: readonly ConnectionRegion[];
  /** The origin that a region's requests go to. @throws ImageGenerationError where the settings name none. */
  readonly baseUrlFor: (regionId: string) => string;
  /** The key that may go to that origin. */
  readonly keyFor: (regionId: string, origin: string) => Promise<string | undefined>;
  /** The workspace to name there. */
  readonly workspaceIdFor: (regionId: string, origin: string) => string | undefined;
  readonly diagnose: (
    plan: ConnectionPlan,
    options: ConnectionCheckOptions,
  ) => Promise<ConnectionDiagnosis>;
}

interface Button {
  readonly label: string;
  /** Rests on what was found out about the key. */
  readonly needsKey?: boolean;
  readonly run: () => unknown;
}

/** `Check Connection`: finds out without paying what works and what is at fault, and offers the fix. */
export async function checkConnection(options: CheckConnectionOptions): Promise<void> {
  const { apiKeys, settings, regions, notifier, logger } = options;
  const again = () => checkConnection(options);
  const plan = await makePlan(options);
  const { regionId, baseUrl, workspaceId } = plan.current;
  const source = await apiKeys.source(regionId);
  const proxy = currentProxy(baseUrl);
  logger.info(describeHost(proxy));
  const diagnosis = await diagnose(options, plan);
  const { current } = diagnosis;
  const finding = connectionFinding(
    diagnosis,
    {
      ...{ proxy, workspaceId, isKeyOfEnvironment: source === 'environment' },
      hasEndpoint: settings.endpoint !== '',
    },
    regions.map(({ id }) => id),
  );
  const { home } = finding;
  const buttons: Button[] = [
    ...(home ? [useRegionButton(options, home, current)] : []),
    ...(current.models ? [showModelsButton(options, current)] : []),
    ...finding.actions
      .filter((action) => action !== 'checkConnection')
      .map((action) => ({ label: actionLabel(action), run: () => notifier.run(action) })),
    ...(current.failure ? [{ label: vscode.l10n.t('Check Again'), run: again }] : []),
  ];
  const labels = buttons.map(({ label }) => label);
  let isOutdated = false;
  const subscription = apiKeys.onDidChange(() => {
    isOutdated = true;
  });
  const chosen = current.failure
    ? await vscode.window.showWarningMessage(finding.message, ...labels)
    : await vscode.window.showInformationMessage(finding.message, ...labels);
  subscription.dispose();
  const button = buttons.find(({ label }) => label === chosen);
  // Of a key that was changed while the message was open, nothing is known.
  await (button?.needsKey && isOutdated ? again() : button?.run());
}

/** With an endpoint of the user's own, no key goes anywhere else. */
async function makePlan(options: CheckConnectionOptions): Promise<ConnectionPlan> {
  const { apiKeys, settings, regions, workspaceIdFor } = options;
  const current = placeOf(options, settings.regionId, options.baseUrlFor(settings.regionId));
  if (settings.endpoint !== '') return { current, others: [], elsewhere: [] };
  const rest = regions.filter(({ id }) => id !== settings.regionId);
  const sources = await Promise.all(rest.map(({ id }) => apiKeys.source(id)));
  return {
    current,
    others: rest
      .filter((_, index) => sources[index] === 'stored')
      .flatMap(({ id }) => {
        const url = ownUrl(options, id);
        return url ? [placeOf(options, id, url)] : [];
      }),
    elsewhere: rest.flatMap(({ id, classicUrl }) => {
      // A workspace of the region is only named where there is no other host.
      if (classicUrl) return [{ regionId: id, baseUrl: classicUrl }];
      const url = ownUrl(options, id);
      return url ? [{ regionId: id, baseUrl: url, workspaceId: workspaceIdFor(id, url) }] : [];
    }),
  };
}

function placeOf(
  { keyFor, workspaceIdFor }: CheckConnectionOptions,
  regionId: string,
  baseUrl: string,
): ConnectionPlace {
  return {
    regionId,
    baseUrl,
    workspaceId: workspaceIdFor(regionId, baseUrl),
    getApiKey: () => keyFor(regionId, baseUrl),
  };
}

/** Undefined for a region that has only workspace hosts, as long as none is named. */
function ownUrl({ baseUrlFor }: CheckConnectionOptions, regionId: string): string | undefined {
  try {
    return baseUrlFor(regionId);
  } catch (error) {
    if (error instanceof ImageGenerationError) return undefined;
    throw error;
  }
}

/** @throws GenerationCancelled when the person cancels. */
async function diagnose(
  { diagnose: run }: CheckConnectionOptions,
  plan: ConnectionPlan,
): Promise<ConnectionDiagnosis> {
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Checking the connection to {0}', new URL(plan.current.baseUrl).host),
    cancellable: true,
  };
  return vscode.window.withProgress(options, (progress, token) => {
    const controller = new AbortController();
    token.onCancellationRequested(() => controller.abort());
    return run(plan, {
      signal: controller.signal,
      onTryElsewhere: (regionIds) =>
        progress.report({
          message: vscode.l10n.t(
            'the key is not valid there, trying it in {0}',
            listText(regionIds.map(regionText)),
          ),
        }),
    });
  });
}

/** Stores the key where it works, if it is not there yet, and sets the region. */
function useRegionButton(
  options: CheckConnectionOptions,
  { report: { regionId, models }, takesKey }: ConnectionHome,
  from: ConnectionReport,
): Button {
  const { apiKeys, settings, notifier } = options;
  const run = async (): Promise<void> => {
    const isStored = takesKey && (await apiKeys.source(from.regionId)) === 'stored';
    const key = isStored ? await apiKeys.get(from.regionId) : undefined;
    if (key) await apiKeys.set(regionId, key);
    // The environment's key serves every region that has none of its own; what is stored there was refused.
    else if (takesKey) await apiKeys.remove(regionId);
    await settings.setRegion(regionId);
    // It stands where it is valid now; where it was refused, it would only be refused again.
    if (key) await apiKeys.remove(from.regionId);
    const isOffered = (models: readonly ModelDescriptor[]) =>
      models.some(({ id }) => id === settings.model);
    if (!models || isOffered([...models.listed, ...models.unlisted])) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('Easel now uses {0}.', regionText(regionId)),
      );
      return;
    }
    const select = vscode.l10n.t('Select Model');
    const chosen = await vscode.window.showInformationMessage(
      vscode.l10n.t(
        'Easel now uses {0}. The model {1} is not offered there.',
        regionText(regionId),
        settings.model,
      ),
      select,
    );
    if (chosen === select) await notifier.run('selectModel');
  };
  return { label: vscode.l10n.t('Use {0}', regionText(regionId)), needsKey: takesKey, run };
}

/** Lists the models of the current region; picking one selects it for new images. */
function showModelsButton(
  { settings }: CheckConnectionOptions,
  { regionId, models }: ConnectionReport,
): Button {
  const toItems = (title: string, models: readonly ModelDescriptor[] = []) => [
    { label: title, kind: vscode.QuickPickItemKind.Separator },
    ...models.map(({ id, label }) => ({
      label: id === settings.model ? `$(check) ${label}` : label,
      description: id,
    })),
  ];
  const run = async (): Promise<void> => {
    const items: vscode.QuickPickItem[] = [
      ...toItems(vscode.l10n.t('in the list of the service'), models?.listed),
      ...toItems(vscode.l10n.t('not in the list, may work all the same'), models?.unlisted),
    ];
    const picked = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Image models of this API key in {0}', regionText(regionId)),
      placeHolder: vscode.l10n.t('Select the model for new images'),
      matchOnDescription: true,
    });
    if (picked?.description) await settings.setModel(picked.description);
  };
  return { label: vscode.l10n.t('Show Models'), run };
}

/** For those who help from afar. */
function describeHost(proxy: NetworkProxy | undefined): string {
  const where = vscode.env.remoteName ?? 'local';
  const through = proxy ? `${proxy.address} (${proxy.source})` : 'none that Easel can see';
  return `connection check: VS Code ${vscode.version}, ${where}, proxy ${through}`;
}
