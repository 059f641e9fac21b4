import { l10n } from 'vscode';
import type { ConnectionDiagnosis, ConnectionReport } from '../imageModel/connection';
import { type ConnectionSettings, connectionFailureText } from './connectionFailureText';
import type { ErrorText } from './errorText';
import { regionText } from './regionText';
import { joinSentences, listText } from './sentences';

/** A region that works, in place of the current one. */
export interface ConnectionHome {
  readonly report: ConnectionReport;
  /** It is the current key that works there, and not one that is stored for it already. */
  readonly takesKey: boolean;
}

/** A diagnosis in the person's language. */
export interface ConnectionFinding extends ErrorText {
  readonly home: ConnectionHome | undefined;
}

/** Says what was found; `regionIds` are those of all regions. */
export function connectionFinding(
  diagnosis: ConnectionDiagnosis,
  settings: ConnectionSettings,
  regionIds: readonly string[],
): ConnectionFinding {
  const { current, others, elsewhere } = diagnosis;
  const home = findHome(diagnosis);
  const notes = others.map(briefText);
  if (!current.failure) {
    return { message: joinSentences([workingText(current), ...notes]), actions: [], home };
  }
  const { message, actions } = connectionFailureText(current, current.failure, settings);
  if (home && elsewhere.includes(home.report)) {
    const belongs = l10n.t(
      'The API key is not valid in {0}; it belongs to {1}.',
      regionText(current.regionId),
      regionText(home.report.regionId),
    );
    return { message: joinSentences([belongs, ...notes]), actions, home };
  }
  const isTried = current.failure.fault === 'keyRefused' && !settings.hasEndpoint;
  const untold = regionIds.filter((id) => id !== current.regionId);
  const tried = isTried ? elsewhereTexts(elsewhere, untold) : [];
  return { message: joinSentences([message, ...tried, ...notes]), actions, home };
}

/** The region that is to be used, if it is not the current one. */
function findHome({ current, others, elsewhere }: ConnectionDiagnosis): ConnectionHome | undefined {
  if (current.key !== 'refused' && current.key !== 'missing') return undefined;
  const working = others.find(({ failure }) => !failure);
  const taking = elsewhere.find(({ key }) => key === 'accepted');
  if (!taking) return working && { report: working, takesKey: false };
  const hasOwn = others.some(({ regionId, failure }) => regionId === taking.regionId && !failure);
  return { report: taking, takesKey: !hasOwn };
}

/** Where else the key is not valid either, and where that is not known. */
function elsewhereTexts(
  elsewhere: readonly ConnectionReport[],
  regionIds: readonly string[],
): string[] {
  const refusing = elsewhere.filter(({ key }) => key === 'refused').map(({ regionId }) => regionId);
  const unknown = regionIds.filter((id) => !refusing.includes(id));
  return [
    ...(refusing.length > 0
      ? [l10n.t('It is not valid in {0} either.', listText(refusing.map(regionText)))]
      : []),
    ...(unknown.length > 0 ? [l10n.t('Not tried: {0}.', listText(unknown.map(regionText)))] : []),
  ];
}

/** The sentence when all is well. */
function workingText({ regionId, models }: ConnectionReport): string {
  const region = regionText(regionId);
  if (!models) {
    return l10n.t(
      '{0} works: the API key is accepted. The service did not tell which models it may use.',
      region,
    );
  }
  const { listed, unlisted } = models;
  return unlisted.length === 0
    ? l10n.t('{0} works: the API key may use all {1} image models.', region, listed.length)
    : l10n.t(
        '{0} works: the service lists {1} of {2} image models for this API key. Its list has gaps, so others may work too.',
        region,
        listed.length,
        listed.length + unlisted.length,
      );
}

/** In a few words, for a region that is not the current one. */
function briefText({ regionId, key, failure }: ConnectionReport): string {
  const region = regionText(regionId);
  if (key === 'refused') return l10n.t('{0}: the stored API key is not valid.', region);
  if (!failure) return l10n.t('{0}: the stored API key works.', region);
  return l10n.t('{0}: not working ({1}).', region, failure.error.code);
}
