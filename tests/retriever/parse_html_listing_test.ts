import { assertEquals } from "@std/assert";
import { parseHtmlListing } from "../../retriever/parse_html_listing.ts";

const FOLDER = new URL("https://host/data/my%20series/");

function names(html: string): string[] | null {
  const listing = parseHtmlListing(html, { url: FOLDER, folder: FOLDER });
  return listing && [...listing.files.map(({ name }) => name), ...listing.folders];
}

Deno.test("parseHtmlListing reads links below the folder, however they are written", () => {
  const links = [
    `<a href="1.dcm">1.dcm</a>`,
    `<a class=x data-y="a>b" href='2.dcm'>`,
    `<A HREF=3.dcm>`,
    `<a href="./4.dcm">`,
    `<a href="/data/my%20series/5.dcm">`,
    `<a href="/data/my series/6.dcm">`,
    `<a href="https://host/data/my%20series/7.dcm">`,
    `<a href="a%20b%2Bc%26d.dcm">`,
    `<a href="a&amp;b&#39;&#x63;.dcm">`,
    `<a\nhref = "8.dcm">`,
    `<a href="sub/">`,
    `<a href="deep/9.dcm?version=1#top">`,
    `<a href="g%F6.dcm">`,
  ];
  assertEquals(names(links.join("\n")), [
    "1.dcm",
    "2.dcm",
    "3.dcm",
    "4.dcm",
    "5.dcm",
    "6.dcm",
    "7.dcm",
    "a b+c&d.dcm",
    "a&b'c.dcm",
    "8.dcm",
    "deep/9.dcm",
    "g%F6.dcm",
    "sub/",
  ]);
});

Deno.test("parseHtmlListing leaves out links that are no instances of the folder", () => {
  const links = [
    `<a href="../">Parent</a>`,
    `<a href="/">`,
    `<a href="">`,
    `<a href="#top">`,
    `<a href="?C=N;O=D">`,
    `<a href="./">`,
    `<a href="/data/my%20series">`,
    `<a href="/data/other/1.dcm">`,
    `<a href="https://elsewhere/data/my%20series/1.dcm">`,
    `<a href="http://host/data/my%20series/1.dcm">`,
    `<a href="mailto:me@host">`,
    `<a href="javascript:void(0)">`,
    `<a href="http://[bad">`,
    `<a href=".hidden">`,
    `<a href="sub/.hidden/1.dcm">`,
    `<a href="index.html">`,
    `<!-- <a href="commented.dcm"> -->`,
    `<script>document.write('<a href="script.dcm">')</script>`,
    `<a name="href" title='href="title.dcm"'>`,
    `<abbr href="abbr.dcm">`,
    `<a href="1.dcm"><a href="1.dcm">`,
  ];
  assertEquals(names(links.join("\n")), ["1.dcm"]);
});

Deno.test("parseHtmlListing tells an empty folder from a page that is no listing", () => {
  assertEquals(names(`<title>Index of /data/</title><a href="../">../</a>`), []);
  assertEquals(names(`<h1>Directory listing for /data/</h1><ul></ul>`), []);
  assertEquals(names(`<title>Sign in</title><a href="/login">here</a>`), null);
  assertEquals(names(`<html></html>`), null);
});

Deno.test("parseHtmlListing takes time in step with the page, whatever is in it", () => {
  for (const piece of ["<a ", `<a "`, "<!--", "<script>", "<title", '<a href="', "<a x='", "&#"]) {
    const start = performance.now();
    names(piece.repeat(200_000));
    const took = performance.now() - start;
    if (took > 3000) throw new Error(`${piece} took ${took} ms`);
  }
});
