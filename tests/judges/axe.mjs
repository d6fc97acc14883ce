// The HTML twins in a browser: axe-core finds nothing (WCAG 2.2 AA and best practice), in light and in
// dark, at 1280 and at 320 pixels, where nothing scrolls sideways but tables in their boxes; marks of
// notes are 24 pixels to hit, and dark or light enough; nothing comes from outside the file, and the text is that of the text
// twin.
//
//   node axe.mjs [--inline] FOLDER...    for each ID.html with its ID.txt; a folder has some
//
// --inline: links may stand right behind links, as in letters that are drawn by chance: targets within
// a sentence need not be so large (WCAG 2.2, 2.5.8); and some that are drawn do not fit their paper.
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const inline = process.argv[2] === "--inline";
const folders = process.argv.slice(inline ? 3 : 2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const options = [
	"--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
	"--disable-background-networking", "--disable-component-update",
];

const squeezed = (text) => text.replace(/\s+/gu, "");

// What the page says, with pictures and labels as the twin writes them. The heading that is there
// for screen readers alone is the letter's title, which is not of its text.
function pageText(page) {
	return page.evaluate(() => {
		const letter = (n) => String.fromCharCode(96 + n);
		const roman = (n) => ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"][n - 1];
		const labels = { disc: () => "•", decimal: (n) => `${n}.`,
			"lower-alpha": (n) => `${letter(n)}.`, "lower-roman": (n) => `${roman(n)}.` };
		for (const item of document.querySelectorAll("li")) {
			const kind = getComputedStyle(item).listStyleType;
			const number = [...item.parentElement.children].indexOf(item) + 1;
			item.prepend(labels[kind]?.(number) ?? kind.replace(/["\s]/gu, ""));
		}
		for (const heading of document.querySelectorAll(".hidden"))
			heading.remove();
		for (const image of document.querySelectorAll("img"))
			image.replaceWith(image.alt ? `[${image.alt}]` : "");
		for (const code of document.querySelectorAll("svg[role=img]"))
			code.replaceWith(`[${code.getAttribute("aria-label")}]`);
		return document.body.innerText;
	});
}

// What the page looks like in one window.
async function looks(page, { width, scheme }) {
	await page.setViewportSize({ width, height: 900 });
	await page.emulateMedia({ colorScheme: scheme });
	const { violations } = await page.evaluate(
		(values) => window.axe.run(document, { runOnly: { type: "tag", values } }), rules);
	const found = violations.filter(({ id }) => !inline || id !== "target-size").map(({ id, help, nodes }) =>
		`${id}: ${help}: ${nodes[0].html.slice(0, 120)}`);
	const { wide, small, pale, headings } = await page.evaluate(() => ({
		wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
		small: [...document.querySelectorAll(".mark,[role=doc-backlink]")].filter((mark) => {
			mark.scrollIntoView({ block: "center", inline: "center" });
			const { left, top, width, height } = mark.getBoundingClientRect();
			const x = left + width / 2, y = top + height / 2;
			return [[-11, 0], [11, 0], [0, -11], [0, 11]].some(([dx, dy]) =>
				!document.elementFromPoint(x + dx, y + dy)?.matches(".mark,[role=doc-backlink]"));
		}).length,
		// axe leaves them out, for what makes them larger to hit.
		pale: [...document.querySelectorAll(".mark,[role=doc-backlink]")].filter((mark) => {
			const light = (colour) => colour.match(/[\d.]+/gu).slice(0, 3).map((part) => part / 255)
				.map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
				.reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0.05);
			let behind = mark;
			while (/, 0\)$/u.test(getComputedStyle(behind).backgroundColor))
				behind = behind.parentElement;
			const [less, more] = [light(getComputedStyle(mark).color), light(getComputedStyle(behind).backgroundColor)]
				.sort((a, b) => a - b);
			return more / less < 4.5;
		}).length,
		headings: document.querySelectorAll("h1").length,
	}));
	if (wide > 0)
		found.push(`scrolls sideways by ${wide} pixels`);
	if (small && !inline)
		found.push(`${small} marks of notes are less than 24 pixels wide or high`);
	if (pale)
		found.push(`${pale} marks of notes are too pale`);
	if (headings !== 1)
		found.push(`${headings} headings of level 1`);
	return found.map((finding) => `${width} pixels, ${scheme}: ${finding}`);
}

const windows = [
	{ width: 1280, scheme: "light" }, { width: 1280, scheme: "dark" }, { width: 320, scheme: "light" },
];

async function findings(page, path) {
	const found = [];
	page.removeAllListeners("request");
	page.on("request", (request) => {
		if (!/^(file|data):/u.test(request.url()))
			found.push(`asks for ${request.url()}`);
	});
	await page.goto(pathToFileURL(resolve(path)).href);
	await page.evaluate(axe);
	for (const window of windows)
		found.push(...await looks(page, window));
	if (await page.locator("script").count())
		found.push("holds a script");
	const twin = readFileSync(path.replace(/html$/u, "txt"), "utf8");
	if (squeezed(await pageText(page)) !== squeezed(twin))
		found.push("does not say what the text twin says");
	return found;
}

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: options,
});
const page = await (await browser.newContext({ bypassCSP: true })).newPage();
let letters = 0;
let failed = 0;
for (const folder of folders) {
	const names = readdirSync(folder).filter((file) => file.endsWith(".html")).sort();
	if (!names.length && !inline)
		console.error(`${folder}: no letters`, failed++);
	for (const path of names.map((name) => join(folder, name))) {
		const found = await findings(page, path);
		letters++;
		failed += found.length > 0;
		for (const finding of found)
			console.error(`${path}: ${finding}`);
	}
}
await browser.close();
console.log(`${letters} pages looked at by axe, ${failed} with findings`);
process.exit(failed || !letters ? 1 : 0);
