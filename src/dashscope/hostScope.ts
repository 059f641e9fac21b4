import { BlockList, isIP } from 'node:net';

/** Where a host name leads as far as its text tells; a name that only resolves to a private address is `public`. */
export type HostScope = 'loopback' | 'private' | 'public';

// Addresses mapped into IPv6 (::ffff:…) are matched against the IPv4 rules by BlockList itself.
const loopback = blockList(['127.0.0.0/8'], ['::1/128']);
const reserved = blockList(
  [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.168.0.0/16',
    '198.18.0.0/15',
    '224.0.0.0/3',
  ],
  ['::/96', '64:ff9b::/96', 'fc00::/7', 'fe80::/9', 'ff00::/8'],
);

/** Classifies the `hostname` of a parsed URL, in which odd spellings of an address are already normal. */
export function hostScope(hostname: string): HostScope {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (host === 'localhost' || host.endsWith('.localhost')) return 'loopback';
  const version = isIP(host);
  if (version === 0) return 'public';
  const type = version === 6 ? 'ipv6' : 'ipv4';
  if (loopback.check(host, type)) return 'loopback';
  return reserved.check(host, type) ? 'private' : 'public';
}

/** Whether a service runs on this machine: only such a one may send us to addresses of this machine. */
export function isLoopbackUrl(baseUrl: string): boolean {
  return URL.canParse(baseUrl) && hostScope(new URL(baseUrl).hostname) === 'loopback';
}

/** The address of a store that a file may be sent to: https to a public host; undefined for any other. */
export function checkStoreUrl(text: string, allowLoopback: boolean): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const scope = hostScope(url.hostname);
  if (url.username || url.password || scope === 'private') return undefined;
  if (scope === 'public') return url.protocol === 'https:' ? url : undefined;
  return allowLoopback && /^https?:$/.test(url.protocol) ? url : undefined;
}

function blockList(ipv4: readonly string[], ipv6: readonly string[]): BlockList {
  const list = new BlockList();
  for (const [networks, type] of [[ipv4, 'ipv4'] as const, [ipv6, 'ipv6'] as const]) {
    for (const network of networks) {
      const [address = '', prefix] = network.split('/');
      list.addSubnet(address, Number(prefix), type);
    }
  }
  return list;
}
