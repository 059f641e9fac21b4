import { ImageGenerationError } from '../imageModel/errors';

const loopback = /^(localhost|127(\.\d+){3}|\[::1\])$/;

/**
 * The origin that `easel.endpoint` names, or undefined when it is empty. Only https, or http to this machine: the key
 * travels there.
 * @throws ImageGenerationError with code `EndpointInvalid`
 */
export function parseEndpoint(setting: string): string | undefined {
  if (setting === '') return undefined;
  const url = URL.canParse(setting) ? new URL(setting) : undefined;
  const isSafe =
    url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback.test(url.hostname));
  if (url && isSafe && url.username === '' && url.password === '') return url.origin;
  throw new ImageGenerationError(
    'invalidRequest',
    'The setting easel.endpoint must be an https address, such as https://dashscope.aliyuncs.com.',
    { code: 'EndpointInvalid' },
  );
}
