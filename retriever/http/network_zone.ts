/**
 * How far into a network a host's name or address is: of everybody, of one's own machine or network,
 * or of the link, where machines in clouds get their credentials.
 */
export type NetworkZone = "public" | "private" | "link";

/** Names of the services that hand out credentials, which are addresses of the link. */
const LINK_NAMES = /^(metadata|metadata\.google\.internal|instance-data(\.ec2\.internal)?)$/;

/** Addresses of the link at which clouds have that service, in IPv6 as a private one. */
const LINK_V6 = /^(fe[89ab][0-9a-f]:|fd00:ec2::254$)/;

/**
 * Tells the zone of a URL's host. Names are only told apart where they say it themselves: what they
 * are looked up as is left to the runtime's permissions.
 *
 * @param hostname As URL gives it, in lower case and with numbers as dotted ones.
 */
export function networkZone(hostname: string): NetworkZone {
  const host = hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "").toLowerCase();
  const mapped = /^::ffff:([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(host);
  if (mapped !== null) {
    const [high, low] = [parseInt(mapped[1]!, 16), parseInt(mapped[2]!, 16)];
    return zoneOfV4([high >> 8, high & 255, low >> 8, low & 255]);
  }
  if (host.includes(":")) {
    if (LINK_V6.test(host)) return "link";
    return /^(::1?$|f[cd])/.test(host) ? "private" : "public";
  }
  if (/^\d+(\.\d+){3}$/.test(host)) return zoneOfV4(host.split(".").map(Number));
  if (LINK_NAMES.test(host)) return "link";
  return /(^|\.)localhost$/.test(host) ? "private" : "public";
}

function zoneOfV4([a, b]: readonly (number | undefined)[]): NetworkZone {
  if (a === 169 && b === 254) return "link";
  const isPrivate = a === 0 || a === 10 || a === 127 || (a === 172 && b! >> 4 === 1) ||
    (a === 192 && b === 168) || (a === 100 && b! >> 6 === 1);
  return isPrivate ? "private" : "public";
}
