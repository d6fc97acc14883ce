// What stands where on each line, from the left: in a letter as it stands in the browser.
//
//   node order.mjs FOLDER    for each WIDTH/ID.pdf with its WIDTH/ID.html; WIDTH: of the text, in mm
//
// Both break lines in their own way. Lines of the same characters must have the same order; at the
// greatest width, where each paragraph is one line, all of "order" must, and of each letter some.
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const options = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
	"--disable-background-networking", "--disable-component-update"];
const unseen = /[\s\p{M}\p{Cf}]/u;

// Characters with x, y → the lines, each from the left.
function lines(characters, height) {
	const found = [];
	for (const one of characters.filter(({ c }) => !unseen.test(c)).sort((a, b) => a.y - b.y)) {
		if (!found.length || one.y - found.at(-1)[0].y > height / 2)
			found.push([]);
		found.at(-1).push(one);
	}
	return found.map((line) => line.sort((a, b) => a.x - b.x).map(({ c }) => c).join(""));
}

function linesOfPdf(path) {
	const text = execFileSync("mutool", ["draw", "-q", "-F", "stext", path], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
	const unescaped = (c) => c.replace(/&#x([0-9a-f]+);/gu, (_, hex) => String.fromCodePoint(parseInt(hex, 16)))
		.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&");
	const characters = [...text.matchAll(/<char quad="[^"]*" x="([^"]*)" y="([^"]*)"[^>]* c="([^"]*)"/gu)]
		.map(([, x, y, c]) => ({ c: unescaped(c), x: +x, y: +y }));
	return lines(characters, 26);
}

async function linesOfPage(page, path, width) {
	await page.goto(pathToFileURL(resolve(path)).href);
	await page.addStyleTag({ content: `main{all:unset;display:block;width:${width}mm}body{font-size:12pt;line-height:40px}` });
	const characters = await page.evaluate(() => {
		const found = [], range = document.createRange();
		for (const paragraph of document.querySelectorAll("main > p")) {
			const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
			while (walker.nextNode()) {
				const node = walker.currentNode;
				for (let at = 0; at < node.length; at++) {
					range.setStart(node, at);
					range.setEnd(node, at + 1);
					const rect = range.getBoundingClientRect();
					found.push({ c: node.data[at], x: (rect.left + rect.right) / 2,
						y: (rect.top + rect.bottom) / 2 });
				}
			}
		}
		return found;
	});
	return lines(characters, 40);
}

const sorted = (line) => [...line].sort().join("");
const folder = process.argv[2];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: options });
const page = await browser.newPage({ viewport: { width: 6000, height: 2000 } });
const widths = readdirSync(folder).map(Number).sort((a, b) => a - b);
let same = 0, bad = 0;
async function compare(width, name) {
	const before = same, whole = name === "order" && width === widths.at(-1);
	const theirs = new Map((await linesOfPage(page, join(folder, `${width}`, `${name}.html`), width))
		.map((line) => [sorted(line), line]));
	for (const line of linesOfPdf(join(folder, `${width}`, `${name}.pdf`))) {
		const other = theirs.get(sorted(line));
		if (other === line)
			same++;
		else if (other || whole)
			console.log(`${width} mm, ${name}: ${line}\n${other ?? "is no line there"}`, bad++);
	}
	if (width === widths.at(-1) && same === before)
		console.log(`${name}: no line is the same`, bad++);
}
for (const width of widths)
	for (const file of readdirSync(join(folder, `${width}`)).filter((file) => file.endsWith(".pdf")))
		await compare(width, file.slice(0, -4));
await browser.close();
console.log(`${same} lines in the same order`);
process.exit(bad || same < 60 ? 1 : 0);
