import { escapeXml } from "./list_objects.ts";

/** The ways that web servers list a folder. */
export type AutoindexStyle = "nginx" | "nginx-json" | "caddy-json" | "apache" | "python" | "deno";

/** Something in a folder: a file, or a folder whose name ends in `/`. */
export interface AutoindexItem {
  name: string;
  size: number;
}

/** Writes a folder's page as a web server does; path is the folder's, unescaped. */
export function autoindex(
  style: AutoindexStyle,
  path: string,
  items: readonly AutoindexItem[],
): { contentType: string; body: string } {
  if (style === "nginx-json" || style === "caddy-json") {
    const list = items.map((item) => style === "nginx-json" ? nginxItem(item) : caddyItem(item));
    return { contentType: "application/json", body: JSON.stringify(list, null, 1) };
  }
  const title = escapeXml(path);
  const links = items.map(({ name }) => {
    const href = encodeURIComponent(name).replace(/%2F$/, "/");
    const text = escapeXml(name);
    if (style === "apache") {
      return `<tr><td><a href="${href}">${text}</a></td><td>2026-01-01 00:00</td><td>1.2K</td></tr>`;
    }
    if (style === "python") return `<li><a href="${href}">${text}</a></li>`;
    if (style === "deno") {
      const full = escapeXml(path.split("/").map(encodeURIComponent).join("/") + href);
      return `<tr><td class="mode">(-rw-r--r--)</td><td><a href="${full}">${text}</a></td></tr>`;
    }
    return `<a href="${href}">${text}</a>   01-Jan-2026 00:00   1234`;
  }).join("\n");
  const heads: Record<typeof style, string> = {
    nginx: `<html>\r\n<head><title>Index of ${title}</title></head>\r\n<body>\r\n` +
      `<h1>Index of ${title}</h1><hr><pre><a href="../">../</a>\r\n`,
    apache: `<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">\n<html><head>` +
      `<title>Index of ${title}</title></head><body><h1>Index of ${title}</h1><table>` +
      `<tr><th><a href="?C=N;O=D">Name</a></th><th><a href="?C=M;O=A">Last modified</a></th></tr>` +
      `<tr><td><a href="/">Parent Directory</a></td></tr>\n`,
    python: `<!DOCTYPE HTML>\n<html lang="en"><head><meta charset="utf-8">` +
      `<title>Directory listing for ${title}</title></head><body><ul>\n`,
    deno: `<!DOCTYPE html><html><head><title>Deno File Server</title></head><body>` +
      `<h1>Index of <a href="/">home</a></h1><table><tr><td><a href="../">../</a></td></tr>\n`,
  };
  return { contentType: "text/html; charset=utf-8", body: `${heads[style]}${links}</body></html>` };
}

function nginxItem({ name, size }: AutoindexItem): unknown {
  const mtime = "Thu, 01 Jan 2026 00:00:00 GMT";
  return name.endsWith("/")
    ? { name: name.slice(0, -1), type: "directory", mtime }
    : { name, type: "file", mtime, size };
}

function caddyItem({ name, size }: AutoindexItem): unknown {
  const url = `./${encodeURIComponent(name).replace(/%2F$/, "/")}`;
  const isDirectory = name.endsWith("/");
  return { name, size, url, mod_time: "2026-01-01T00:00:00Z", mode: 420, is_dir: isDirectory };
}
