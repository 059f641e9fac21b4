import { linkRefused } from './downloadErrors';
import { hostScope } from './hostScope';
import type { FetchFunction } from './transport';

const maxRedirects = 3;

/** How a link is opened. */
export interface LinkOptions {
  readonly fetch: FetchFunction;
  /** The person's own loopback service may deliver from loopback, also over http. */
  readonly allowLoopback: boolean;
  /** Of the link and of every redirect. */
  readonly init: RequestInit;
  /** Called for each answer. */
  readonly onAnswer: () => void;
}

/** An answer that is no redirect, and the host that gave it. */
export interface OpenedLink {
  readonly response: Response;
  readonly host: string;
}

/**
 * Asks for a result link. Redirects are followed here and not by `fetch`, because each address is checked before it
 * is asked.
 * @throws ImageGenerationError LinkRefused; whatever `fetch` throws
 */
export async function openLink(link: string, options: LinkOptions): Promise<OpenedLink> {
  const { fetch, allowLoopback, onAnswer } = options;
  const init: RequestInit = { ...options.init, redirect: 'manual' };
  let url = checkUrl(link, undefined, allowLoopback);
  for (let hops = 0; ; hops += 1) {
    const response = await fetch(url.href, init);
    onAnswer();
    if (!isRedirect(response)) return { response, host: url.host };
    await response.body?.cancel();
    if (hops === maxRedirects) throw linkRefused('too many redirects');
    url = checkUrl(response.headers.get('location') ?? '', url, allowLoopback);
  }
}

/** Upgrades http to https, and refuses what a result link has no business to be. */
function checkUrl(text: string, base: URL | undefined, allowLoopback: boolean): URL {
  if (!URL.canParse(text, base?.href)) throw linkRefused('not a URL');
  const url = new URL(text, base);
  const scope = hostScope(url.hostname);
  if (scope === 'private') throw linkRefused('a private address');
  if (scope === 'loopback' && !allowLoopback) throw linkRefused('an address of this machine');
  if (url.protocol === 'http:' && scope !== 'loopback') url.protocol = 'https:';
  if (url.protocol !== 'https:' && url.protocol !== 'http:') {
    throw linkRefused(`${url.protocol} link`);
  }
  if (url.username || url.password) throw linkRefused('a link with a password');
  return url;
}

function isRedirect({ status }: Response): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/** Whether a signed link has expired; undefined where it does not say until when it is good. */
export function isExpired(link: string, now: number): boolean | undefined {
  const seconds = Number(new URL(link).searchParams.get('Expires') || Number.NaN);
  return Number.isFinite(seconds) ? seconds * 1000 <= now : undefined;
}
