// The page of batch --report in a browser: axe-core finds nothing (WCAG 2.2 AA and best practice), in light and in
// dark, at 1440 and at 390 pixels, where nothing scrolls sideways but tables in their boxes; nothing comes from
// outside the file; printed, every letter is on the paper, and the PDF is tagged.
//
//   node report.mjs FILE.html LETTERS
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const [file, letters] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const options = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync", "--disable-background-networking",
	"--disable-component-update"];
const found = [];
const check = (good, ...what) => good || found.push(what.join(" "));

async function looks(page, width, colorScheme) {
	await page.setViewportSize({ width, height: 900 });
	await page.emulateMedia({ colorScheme });
	const { violations } = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: "tag", values } }), rules);
	for (const { id, help, nodes } of violations)
		check(false, width, colorScheme, `${id}: ${help}: ${nodes[0].html.slice(0, 160)}`);
	const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
	check(wide <= 0, width, colorScheme, "scrolls sideways by", wide);
	const cut = await page.evaluate(() => [...document.querySelectorAll("th, dt")].filter((head) => head.scrollWidth > head.clientWidth + 1).length);
	check(cut === 0, width, colorScheme, cut, "heads run out of their cells");
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: options });
const context = await browser.newContext({ bypassCSP: true });
await context.route("**", (route) => {
	const own = route.request().url() === pathToFileURL(resolve(file)).href;
	check(own, "asks for", route.request().url());
	return own ? route.continue() : route.abort();
});
const page = await context.newPage();
page.on("console", (message) => check(message.type() !== "error", message.text()));
await page.goto(pathToFileURL(resolve(file)).href);
check(await page.evaluate(() => getComputedStyle(document.body).margin === "0px"), "it is not set in its style");
check(await page.locator(".letters tbody tr").count() === Number(letters), "it has other letters than", letters);
await page.evaluate(axe);
for (const width of [1440, 390])
	for (const scheme of ["light", "dark"])
		await looks(page, width, scheme);
const pdf = (await page.pdf({ preferCSSPageSize: true, tagged: true })).toString("latin1");
check(pdf.includes("/StructTreeRoot"), "the print is not tagged");
await browser.close();
for (const words of found)
	console.log(words);
process.exit(found.length ? 1 : 0);
