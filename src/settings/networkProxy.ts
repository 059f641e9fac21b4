/** The proxy that VS Code sends requests through, as far as it can be seen: the system's own cannot. */
export interface NetworkProxy {
  /** Host and port, without user name and password. */
  readonly address: string;
  /** The setting or the environment variable that names it. */
  readonly source: string;
}

/** VS Code's section `http`. */
interface HttpConfiguration {
  get(key: string): unknown;
}

/**
 * The proxy for an address, looked for where VS Code looks and in its order: this machine is always reached directly,
 * then the exceptions, the setting, the environment.
 */
export function findProxy(
  url: URL,
  configuration: HttpConfiguration,
  environment: NodeJS.ProcessEnv,
): NetworkProxy | undefined {
  const exceptions = [
    ...textsOf(configuration.get('noProxy')),
    ...textsOf((environment.no_proxy ?? environment.NO_PROXY)?.split(',')),
  ];
  const isDirect =
    configuration.get('proxySupport') === 'off' ||
    /^(localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname) ||
    exceptions.some((exception) => isFor(exception, url));
  if (isDirect) return undefined;
  const names =
    url.protocol === 'https:'
      ? ['https_proxy', 'HTTPS_PROXY', 'http_proxy', 'HTTP_PROXY']
      : ['http_proxy', 'HTTP_PROXY'];
  const sources: readonly (readonly [string, unknown])[] = [
    ['http.proxy', configuration.get('proxy')],
    ...names.map((name) => [name, environment[name]] as const),
  ];
  for (const [source, value] of sources) {
    const address = typeof value === 'string' && withoutLogin(value.trim());
    if (address) return { address, source };
  }
  return undefined;
}

function withoutLogin(proxy: string): string {
  const { host = '' } = URL.canParse(proxy) ? new URL(proxy) : {};
  return host || proxy.slice(proxy.lastIndexOf('@') + 1);
}

/** `host`, `.domain`, `*.domain`, any of them with a port, or `*`. */
function isFor(exception: string, { hostname, port, protocol }: URL): boolean {
  const [name = '', itsPort] = exception.replace(/^\*?\./, '').split(':');
  if (name === '*') return true;
  const isOnPort = !itsPort || itsPort === (port || (protocol === 'https:' ? '443' : '80'));
  return isOnPort && (hostname === name || hostname.endsWith(`.${name}`));
}

function textsOf(value: unknown): string[] {
  if (!Array.isArray(value)) return [];
  return value
    .filter((item) => typeof item === 'string')
    .map((item) => item.trim().toLowerCase())
    .filter((item) => item !== '');
}
