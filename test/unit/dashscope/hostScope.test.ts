import { strictEqual } from 'node:assert/strict';
import { type HostScope, hostScope } from '../../../src/dashscope/hostScope';

const hosts: Readonly<Record<HostScope, readonly string[]>> = {
  loopback: [
    'localhost',
    'LOCALHOST',
    'a.localhost',
    'localhost.',
    '127.0.0.1',
    '127.9.9.9',
    '2130706433',
    '0x7f000001',
    '127.1',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::ffff:127.0.0.1]',
  ],
  private: [
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '[::]',
    '[fc00::1]',
    '[fd12::1]',
    '[fe80::1]',
    '[ff02::1]',
    '[::ffff:192.168.0.1]',
    '[64:ff9b::a00:1]',
  ],
  public: [
    'dashscope.aliyuncs.com',
    'localhost.example.com',
    'notlocalhost',
    '8.8.8.8',
    '172.32.0.1',
    '100.128.0.1',
    '11.0.0.1',
    '[2001:4860:4860::8888]',
    '[::ffff:8.8.8.8]',
    'fe80.example',
  ],
};

describe('hostScope', () => {
  for (const [scope, names] of Object.entries(hosts)) {
    for (const name of names) {
      it(`takes ${name} for ${scope}`, () => {
        strictEqual(hostScope(new URL(`https://${name}/`).hostname), scope);
      });
    }
  }
});
