// Pictures of letters, each beside the same words as the browser sets them.
//
//   node looks.mjs LETTERS ROOT OUT [ONLY]...    for the first LETTERS/LANGUAGE/ID.pdf of each, with its ID.html
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const options = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
	"--disable-background-networking", "--disable-component-update"];
const dpi = +(process.env.DPI ?? 110), textWidth = 160; // mm, of the style's own page
const [letters, root, out, ...only] = process.argv.slice(2);

// What the style of a language says of its text.
function styleOf(language) {
	const path = ["scripts", "leftwards"].map((folder) => join(root, "tests", folder, `${language.split(",")[0]}.style.xml`))
		.find(existsSync);
	const said = path ? readFileSync(path, "utf8") : "";
	const of = (name, otherwise) => said.match(new RegExp(`<text [^>]*\\b${name}="([^"]*)"`, "u"))?.[1] ?? otherwise;
	return { size: of("size", "11pt"), leading: of("leading", "13pt"), align: of("align", "justify") };
}

function pagesOf(pdf, folder) {
	execFileSync("pdftoppm", ["-r", `${dpi}`, "-png", pdf, join(folder, "page")]);
	return readdirSync(folder).filter((name) => name.startsWith("page")).sort()
		.map((name) => readFileSync(join(folder, name)));
}

async function shownOf(browser, html, language) {
	const page = await browser.newPage({ viewport: { width: 820, height: 900 }, deviceScaleFactor: dpi / 96 });
	const { size, leading, align } = styleOf(language);
	await page.goto(pathToFileURL(resolve(html)).href);
	await page.addStyleTag({ content: `html{background:#fff}main{margin:0;padding:25mm;box-shadow:none;max-width:none;
		width:${textWidth + 50}mm}body{font-size:${size};line-height:${leading}}p{text-align:${align}}` });
	await page.evaluate(() => document.fonts.ready);
	const picture = await page.locator("main").screenshot();
	await page.close();
	return picture;
}

async function beside(browser, left, right, path) {
	const page = await browser.newPage({ viewport: { width: 200, height: 200 } });
	const shown = (picture) => `<img src="data:image/png;base64,${picture.toString("base64")}">`;
	await page.setContent(`<style>body{margin:0;display:flex;width:max-content;background:#888;gap:6px}
		div{display:flex;flex-direction:column;gap:6px}img{display:block}</style>
		<div>${left.map(shown).join("")}</div><div>${shown(right)}</div>`, { waitUntil: "load" });
	const [width, height] = await page.evaluate(() => [document.body.scrollWidth, document.body.scrollHeight]);
	await page.setViewportSize({ width, height });
	await page.screenshot({ path });
	await page.close();
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: options });
for (const language of readdirSync(letters).filter((name) => !only.length || only.includes(name))) {
	const folder = join(letters, language);
	const id = readdirSync(folder).find((name) => name.endsWith(".pdf"))?.slice(0, -4);
	const left = pagesOf(join(folder, `${id}.pdf`), mkdtempSync(join(tmpdir(), "looks-")));
	await beside(browser, left, await shownOf(browser, join(folder, `${id}.html`), language), join(out, `${language}.png`));
	console.log(`${language}: ${id}, ${left.length} pages`);
}
await browser.close();
