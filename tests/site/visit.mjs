// Opens the documentation site in Chromium: every page that a link leads to, every anchor, and the search for a rule.
//
//     node visit.mjs SITE PACKAGES [--pages N]
//
// SITE is the folder that `zensical build` wrote, PACKAGES one in which playwright-core is installed. With `--pages`, only so many
// pages are opened in Chromium; links are followed on all of them either way.
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize, resolve } from "node:path";

const [site, packages, ...options] = process.argv.slice(2);
const most = options[0] === "--pages" ? Number(options[1]) : Infinity;
const { chromium } = createRequire(join(resolve(packages), "node_modules/x.js"))("playwright-core");

const TYPES = { ".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".json": "application/json", ".svg": "image/svg+xml" };

/** Serves the folder on this machine only. */
function serve(folder) {
  const server = createServer((request, response) => {
    const path = normalize(decodeURIComponent(new URL(request.url, "http://localhost").pathname));
    let file = join(folder, path);
    if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
    if (!existsSync(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
  });
  return new Promise((done) => server.listen(0, "127.0.0.1", () => done(server)));
}

const problems = [];
const server = await serve(resolve(site));
const home = `http://127.0.0.1:${server.address().port}/`;
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const page = await browser.newPage();
page.on("request", (request) => {
  if (!request.url().startsWith(home) && !request.url().startsWith("data:") && !request.url().startsWith("blob:")) problems.push(`${page.url()} loads ${request.url()}`);
});
page.on("response", (response) => {
  if (response.status() >= 400) problems.push(`${page.url()} loads ${response.url()}, which is ${response.status()}`);
});
page.on("pageerror", (error) => problems.push(`${page.url()}: ${error.message}`));

/** What a page has: the addresses of its links, its anchors, its heading. */
async function look(address) {
  await page.goto(address, { waitUntil: "load" });
  return page.evaluate(() => ({
    links: [...document.querySelectorAll("a[href]")].map((link) => link.href),
    anchors: [...document.querySelectorAll("[id]")].map((one) => one.id),
    heading: document.querySelector("h1")?.textContent ?? "",
  }));
}

// Breadth first, so that a short visit sees the first page and those that it leads to.
const seen = new Map([[home, undefined]]);
const wanted = [];
for (const address of seen.keys()) {
  if ([...seen.values()].filter(Boolean).length >= most) break;
  const found = await look(address);
  seen.set(address, found);
  if (!found.heading) problems.push(`${address} has no heading`);
  for (const link of found.links) {
    const [there, anchor] = link.split("#");
    if (!there.startsWith(home)) continue;
    if (!seen.has(there)) seen.set(there, undefined);
    if (anchor) wanted.push([address, there, decodeURIComponent(anchor)]);
  }
}
for (const [from, there, anchor] of wanted) {
  const anchors = seen.get(there)?.anchors;
  if (anchors && anchor !== "__top" && !anchors.includes(anchor)) problems.push(`${from} leads to ${there}#${anchor}, which is not there`);
}

// A rule is found by what it is about.
await page.goto(home, { waitUntil: "load" });
await page.keyboard.press("/");
await page.keyboard.type("slots-overlap", { delay: 20 });
const hit = page.locator('a[href*="slots-overlap"]:visible').first();
await hit.waitFor({ timeout: 15000 }).catch(() => problems.push("the search for slots-overlap finds no page"));
if (await hit.isVisible()) {
  await hit.click();
  await page.waitForURL(/slots-overlap/, { timeout: 15000 }).catch(() => problems.push("the hit does not lead to the page"));
}

await browser.close();
server.close();
const opened = [...seen.values()].filter(Boolean).length;
console.log(`opened ${opened} of ${seen.size} pages, looked for ${wanted.length} anchors and for one rule`);
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
