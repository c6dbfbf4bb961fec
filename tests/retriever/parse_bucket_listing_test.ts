import { assertEquals, assertRejects } from "@std/assert";
import { ProtocolError } from "../../errors.ts";
import { parseBucketListing } from "../../retriever/parse_bucket_listing.ts";

const ADDRESS = "s3://bucket/series/";

function page(inside: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n` +
    `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${inside}</ListBucketResult>`;
}

function contents(key: string, rest = "<Size>1</Size>"): string {
  return `<Contents><Key>${key}</Key>${rest}</Contents>`;
}

Deno.test("parseBucketListing reads keys, sizes, ETags and folders", async () => {
  const xml = page(
    `<Name>bucket</Name><IsTruncated>false</IsTruncated>` +
      contents(
        "a/1.dcm",
        "<ETag>&quot;0a1b&quot;</ETag><Size>123</Size><Owner><ID>x</ID></Owner>",
      ) +
      contents("a/2.dcm", "") +
      `<CommonPrefixes><Prefix>a/b/</Prefix></CommonPrefixes>`,
  );
  assertEquals(await parseBucketListing(xml, ADDRESS), {
    entries: [
      { key: "a/1.dcm", size: 123, etag: '"0a1b"' },
      { key: "a/2.dcm", size: null, etag: null },
    ],
    folders: ["a/b/"],
    nextToken: null,
  });
});

Deno.test("parseBucketListing leaves keys as they are", async () => {
  const keys: [xml: string, key: string][] = [
    ["0012", "0012"],
    ["1e3", "1e3"],
    ["true", "true"],
    [" a ", " a "],
    ["a&amp;b&lt;c&gt;&quot;&apos;", `a&b<c>"'`],
    ["a&amp;copy;b", "a&copy;b"],
    ["a&amp;amp;b", "a&amp;b"],
    ["&#43;&#x1F600;&#233;", "+\u{1f600}é"],
    ["a+b%20c", "a+b%20c"],
    ["<![CDATA[a<b>]]>", "a<b>"],
    ["größe", "größe"],
  ];
  const xml = page(keys.map(([key]) => contents(key)).join("\n"));
  const { entries } = await parseBucketListing(xml, ADDRESS);
  assertEquals(entries.map(({ key }) => key), keys.map(([, key]) => key));
});

Deno.test("parseBucketListing decodes keys and folders when the listing says that they are encoded", async () => {
  const xml = page(
    `<EncodingType>url</EncodingType>${contents("a+b%2Bc%0A%01/%C3%A9")}` +
      `<CommonPrefixes><Prefix>a+b/</Prefix></CommonPrefixes>`,
  );
  const { entries, folders } = await parseBucketListing(xml, ADDRESS);
  assertEquals(entries[0]!.key, "a b+c\n\x01/é");
  assertEquals(folders, ["a b/"]);
});

Deno.test("parseBucketListing reads a full page of keys with many entities", async () => {
  const keys = Array.from({ length: 1000 }, (_, index) => `a&b"${index}".dcm`);
  const xml = page(
    keys.map((key) =>
      contents(key.replace("&", "&amp;").replaceAll('"', "&quot;"), "<ETag>&quot;x&quot;</ETag>")
    ).join(""),
  );
  const { entries } = await parseBucketListing(xml, ADDRESS);
  assertEquals(entries.map(({ key }) => key), keys);
});

Deno.test("parseBucketListing reads an empty listing", async () => {
  const empty = { entries: [], folders: [], nextToken: null };
  assertEquals(await parseBucketListing(page("<KeyCount>0</KeyCount>"), ADDRESS), empty);
  assertEquals(await parseBucketListing("<ListBucketResult/>", ADDRESS), empty);
});

Deno.test("parseBucketListing takes the token as it is", async () => {
  const xml = page(
    "<IsTruncated>true</IsTruncated><NextContinuationToken> 1+/=&amp; </NextContinuationToken>",
  );
  assertEquals((await parseBucketListing(xml, ADDRESS)).nextToken, " 1+/=& ");
});

const whole = page(contents("a/1.dcm"));
for (
  const [what, xml] of [
    ["an HTML page", "<!DOCTYPE html><html><body><p>Sign in<br></body></html>"],
    ["another document", "<html><body/></html>"],
    ["an error with status 200", "<Error><Code>SlowDown</Code></Error>"],
    ["a document cut in a key", whole.slice(0, whole.indexOf("1.dcm"))],
    ["a document cut at its end", whole.slice(0, -5)],
    ["no XML", "Service unavailable"],
    ["nothing", ""],
    ["JSON", "{}"],
    ["a page that promises more without a token", page("<IsTruncated>true</IsTruncated>")],
    ["an object without a key", page("<Contents><Size>1</Size></Contents>")],
    ["a key encoded wrongly", page(`<EncodingType>url</EncodingType>${contents("%zz")}`)],
    ["entities of its own", `<!DOCTYPE x [<!ENTITY a "b">]>${page(contents("&a;"))}`],
    ["a name out of JavaScript", "<__proto__><a>1</a></__proto__>"],
  ] as const
) {
  Deno.test(`parseBucketListing refuses ${what}`, async () => {
    const error = await assertRejects(
      () => parseBucketListing(xml, ADDRESS),
      ProtocolError,
      `the listing of ${ADDRESS} cannot be read`,
    );
    assertEquals(error.address, ADDRESS);
  });
}
