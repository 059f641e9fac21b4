import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto';

/** A certificate that signs itself, and its key; both PEM. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
}

/** Node can sign, but not write a certificate: X.509 version 3 with one DNS name, in DER by hand. */
export function makeCertificate(name: string, validUntil: Date): TestCertificate {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const publicKey = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const algorithm = der(0x30, [oid('2a8648ce3d040302')]);
  const commonName = der(0x30, [oid('550403'), der(0x0c, [Buffer.from(name)])]);
  const subject = der(0x30, [der(0x31, [commonName])]);
  const names = der(0x30, [der(0x82, [Buffer.from(name)])]);
  const extension = der(0x30, [oid('551d11'), der(0x04, [names])]);
  const content = der(0x30, [
    der(0xa0, [der(0x02, [Buffer.from([2])])]),
    der(0x02, [Buffer.from([1])]),
    algorithm,
    subject,
    der(0x30, [time(new Date(Date.UTC(2020, 0, 1))), time(validUntil)]),
    subject,
    publicKey,
    der(0xa3, [der(0x30, [extension])]),
  ]);
  const signature = sign('sha256', content, privateKey);
  const whole = der(0x30, [content, algorithm, der(0x03, [Buffer.from([0]), signature])]);
  const lines = whole.toString('base64').replace(/.{64}/g, '$&\n');
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** Tag, length, value. */
function der(tag: number, parts: readonly Uint8Array[]): Buffer {
  const value = Buffer.concat(parts);
  const length =
    value.length < 0x80
      ? [value.length]
      : value.length < 0x100
        ? [0x81, value.length]
        : [0x82, value.length >> 8, value.length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...length]), value]);
}

function oid(hex: string): Buffer {
  return der(0x06, [Buffer.from(hex, 'hex')]);
}

/** Until 2050 years have two digits. */
function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/\D/g, '').slice(2, 14);
  return der(0x17, [Buffer.from(`${digits}Z`)]);
}
