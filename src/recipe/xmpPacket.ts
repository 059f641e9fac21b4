import { decodeReferences } from '../util/characterReferences';
import { asBuffer } from './pngChunks';

/** Of Easel's own property. */
const namespace = 'urn:easel:recipe#';

const rdfNamespace = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';

const freshStart =
  '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>' +
  '<x:xmpmeta xmlns:x="adobe:ns:meta/" x:xmptk="Easel">' +
  `<rdf:RDF xmlns:rdf="${rdfNamespace}">`;

const freshEnd = '</rdf:RDF></x:xmpmeta><?xpacket end="r"?>';

/** Longer packets are left alone. */
const maxPacketBytes = 8_000_000;

/** The text that Easel wrote into a packet, also where another program has written the packet anew since. */
export function readXmp(packet: Uint8Array): string | undefined {
  const text = textOf(packet);
  const prefix = text && prefixOf(text, namespace);
  if (!prefix) return undefined;
  const [, element, attribute] = propertyPattern(prefix).exec(text) ?? [];
  const found = element ?? attribute?.slice(1, -1);
  return found === undefined
    ? undefined
    : decodeReferences(Buffer.from(found, 'latin1').toString());
}

/**
 * A packet with the text, as one more description; every other byte of what was there stays. Without a packet, a new one.
 * Undefined for a packet that is not understood, and for one that says that the file is signed elsewhere.
 */
export function writeXmp(packet: Uint8Array | undefined, text: string): Uint8Array | undefined {
  if (!packet) {
    return Buffer.from(freshStart + description('rdf', '""', text) + freshEnd);
  }
  const old = textOf(removeXmp(packet) ?? fresh);
  if (old === undefined || old.includes('dcterms:provenance')) return undefined;
  const rdf = prefixOf(old, rdfNamespace);
  if (!rdf) return undefined;
  const at = old.lastIndexOf(`</${rdf}:RDF`);
  if (at < 0) return undefined;
  // All descriptions of a packet are about the same; most say so by an empty name.
  const about = new RegExp(`\\s${rdf}:about\\s*=\\s*("[^"<]*"|'[^'<]*')`).exec(old)?.[1] ?? '""';
  const added = Buffer.from(description(rdf, about, text)).toString('latin1');
  return Buffer.from(old.slice(0, at) + added + old.slice(at), 'latin1');
}

/** The packet without Easel's text; undefined where nothing is left of it. */
export function removeXmp(packet: Uint8Array): Uint8Array | undefined {
  const text = textOf(packet);
  const prefix = text && prefixOf(text, namespace);
  if (!prefix) return packet;
  const rest = text.replace(ownPattern, '');
  // Another program may have written it in its own way.
  const clean = rest === text ? text.replace(propertyPattern(prefix), '') : rest;
  if (clean === text) return packet;
  const bytes = Buffer.from(clean, 'latin1');
  return bytes.equals(fresh) ? undefined : bytes;
}

const fresh = Buffer.from(freshStart + freshEnd);

function description(rdf: string, about: string, text: string): string {
  return (
    `<${rdf}:Description ${rdf}:about=${about} xmlns:easel="${namespace}">` +
    `<easel:recipe>${escapeXml(text)}</easel:recipe></${rdf}:Description>`
  );
}

/** What `description` writes. */
const ownPattern = new RegExp(
  '<([\\w.-]+):Description \\1:about=(?:"[^"<]*"|\'[^\'<]*\') ' +
    `xmlns:easel="${namespace}"><easel:recipe>[^<]*</easel:recipe></\\1:Description>`,
);

/** As an element's text or as an attribute with its quotes. */
function propertyPattern(prefix: string): RegExp {
  const name = `${prefix}:recipe`;
  return new RegExp(`<${name}>([^<]*)</${name}>|\\s${name}=("[^"<]*"|'[^'<]*')`);
}

/** Byte by byte, so that places in it are places in the packet. Undefined for what is no XML in UTF-8. */
function textOf(packet: Uint8Array): string | undefined {
  if (packet.length > maxPacketBytes) return undefined;
  return asBuffer(packet).toString('latin1');
}

/** A name that a packet has for a namespace. */
function prefixOf(text: string, uri: string): string | undefined {
  const at = Math.max(text.indexOf(`"${uri}"`), text.indexOf(`'${uri}'`));
  if (at < 0) return undefined;
  return /\sxmlns:([\w-]{1,50})\s{0,9}=\s{0,9}$/.exec(text.slice(Math.max(0, at - 100), at))?.[1];
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
