import type { IncomingMessage } from 'node:http';
import { BlockList, isIP } from 'node:net';

/** Says from which address a request or upgrade comes; '' when it is not known any more. */
export type ClientAddress = (request: Pick<IncomingMessage, 'headers' | 'socket'>) => string;

/** An address, or a network such as `10.0.0.0/8`. */
export function isAddressOrNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/');
  const version = isIP(address);
  if (version === 0 || more.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128));
}

/**
 * Who comes from none of the trusted proxies is taken for where its connection comes from, whatever it writes into
 * X-Forwarded-For. Of one that does, the last entry is believed; while that is a trusted proxy too, the one before it.
 * @param trusted addresses and networks, as isAddressOrNetwork takes them
 */
export function clientAddresses(trusted: readonly string[]): ClientAddress {
  const proxies = new BlockList();
  for (const one of trusted) {
    const [address = '', bits] = one.split('/');
    const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
    if (bits === undefined) proxies.addAddress(address, family);
    else proxies.addSubnet(address, Number(bits), family);
  }
  const isProxy = (address: string): boolean => proxies.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');
  return ({ headers, socket }) => {
    let address = plain(socket.remoteAddress ?? '');
    const said = [headers['x-forwarded-for'] ?? []].flat().join(',').split(',').map(plain);
    while (isIP(address) !== 0 && isProxy(address)) {
      const before = said.pop() ?? '';
      if (isIP(before) === 0) break;
      address = before;
    }
    return address;
  };
}

/** A server that listens on :: sees IPv4 as ::ffff:192.0.2.1. */
function plain(address: string): string {
  return address.trim().replace(/^::ffff:(?=\d+\.)/i, '');
}
