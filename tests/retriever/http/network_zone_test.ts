import { assertEquals } from "@std/assert";
import { type NetworkZone, networkZone } from "../../../retriever/http/network_zone.ts";

const zones: Readonly<Record<NetworkZone, readonly string[]>> = {
  public: [
    "http://example.org/",
    "http://8.8.8.8/",
    "http://172.15.0.1/",
    "http://172.32.0.1/",
    "http://192.169.0.1/",
    "http://100.63.0.1/",
    "http://169.253.0.1/",
    "http://[2001:db8::1]/",
    "http://[::ffff:8.8.8.8]/",
    "http://notlocalhost/",
    "http://fe80.example.org/",
  ],
  private: [
    "http://localhost/",
    "http://a.localhost./",
    "http://127.0.0.1/",
    "http://127.1/",
    "http://0x7f000001/",
    "http://0/",
    "http://10.1.2.3/",
    "http://172.16.0.1/",
    "http://172.31.255.255/",
    "http://192.168.1.1/",
    "http://100.64.0.1/",
    "http://[::1]/",
    "http://[::]/",
    "http://[fd12:3456::1]/",
    "http://[::ffff:10.0.0.1]/",
  ],
  link: [
    "http://169.254.169.254/latest/",
    "http://0xa9.0xfe.0xa9.0xfe/",
    "http://2852039166/",
    "http://[fe80::1]/",
    "http://[feb0::1]/",
    "http://[::ffff:169.254.169.254]/",
    "http://[fd00:ec2::254]/",
    "http://METADATA.google.internal./",
  ],
};

for (const [zone, addresses] of Object.entries(zones)) {
  Deno.test(`networkZone tells the hosts that are of the zone ${zone}`, () => {
    for (const address of addresses) {
      assertEquals(networkZone(new URL(address).hostname), zone, address);
    }
  });
}
