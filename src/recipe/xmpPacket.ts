// The recipe in an XMP packet is one description of our own (XMP specification, part 1), so that whatever else is in the
// packet, such as the label that China asks for, stays byte for byte as it is.

const namespace = 'urn:easel:xmp:1';
const opening = `<rdf:Description rdf:about="" xmlns:easel="${namespace}"><easel:recipe>`;
const closing = '</easel:recipe></rdf:Description>';
const packetStart =
  '<?xpacket begin="\u{feff}" id="W5M0MpCehiHzreSzNTczkc9d"?>' +
  '<x:xmpmeta xmlns:x="adobe:ns:meta/">' +
  '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">';
const rdfEnd = '</rdf:RDF>';
const emptyPacket = Buffer.from(`${packetStart}${rdfEnd}</x:xmpmeta><?xpacket end="w"?>`);

/** The recipe's text in a packet; undefined where there is none. */
export function recipeInPacket(packet: Buffer): string | undefined {
  const found = find(packet);
  if (!found) return undefined;
  const text = packet.subarray(found.start + opening.length, found.end - closing.length).toString();
  return text.replace(/&(lt|gt|amp);/g, (_, name: string) => characters[name] ?? '');
}

/** The packet with the recipe, or a new one; undefined where the packet is none that could be added to. */
export function packetWith(packet: Buffer | undefined, recipe: string): Buffer | undefined {
  const base = packet ? packetWithout(packet) : undefined;
  const rest = base ?? emptyPacket;
  const at = rest.lastIndexOf(rdfEnd);
  if (at < 0) return undefined;
  const escaped = recipe.replace(/[<>&]/g, (character) => entities[character] ?? '');
  const description = Buffer.from(`${opening}${escaped}${closing}`);
  return Buffer.concat([rest.subarray(0, at), description, rest.subarray(at)]);
}

/** The packet without the recipe; undefined where nothing else was in it. */
export function packetWithout(packet: Buffer): Buffer | undefined {
  const found = find(packet);
  if (!found) return packet;
  const rest = Buffer.concat([packet.subarray(0, found.start), packet.subarray(found.end)]);
  return rest.equals(emptyPacket) ? undefined : rest;
}

function find(packet: Buffer): { readonly start: number; readonly end: number } | undefined {
  const start = packet.indexOf(opening);
  const end = start < 0 ? -1 : packet.indexOf(closing, start);
  return end < 0 ? undefined : { start, end: end + closing.length };
}

const entities: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' };
const characters: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&' };
