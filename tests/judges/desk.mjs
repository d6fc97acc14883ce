// The proof desk in a browser: list, filter, keyboard, zoom, a save that shows without a reload, an
// error that comes and goes, before and after, writing the letters, axe; and without a script.
//
//   node desk.mjs LETTERMERGE FOLDER [PICTURES]    FOLDER: a project that may be changed
import { spawn } from "node:child_process";
import { readFileSync, writeFileSync, existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [program, folder, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const options = [
	"--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
	"--disable-background-networking", "--disable-component-update",
];
let failed = 0;

function check(name, good, what = "") {
	failed += !good;
	console.log(`${good ? "good" : "FAILED"}: ${name} ${good ? "" : what}`);
}

const desk = spawn(program, ["serve", "--no-sign"], { cwd: folder, stdio: ["ignore", "pipe", "inherit"] });
const link = await new Promise((resolve) => desk.stdout.once("data", (data) => resolve(`${data}`.trim())));
const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: options,
});

async function axeFindings(page, name) {
	await page.evaluate(axe);
	const { violations } = await page.evaluate(
		(values) => window.axe.run(document, { runOnly: { type: "tag", values } }), rules);
	check(`axe, ${name}`, !violations.length,
		violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`).join("\n"));
}

async function take(page, name) {
	if (pictures)
		await page.screenshot({ path: join(pictures, `${name}.png`) });
}

const context = await browser.newContext({ viewport: { width: 1500, height: 950 } });
const bypass = await browser.newContext({ viewport: { width: 1500, height: 950 }, bypassCSP: true });
const dark = await browser.newContext({ viewport: { width: 1500, height: 950 }, bypassCSP: true, colorScheme: "dark" });
const page = await context.newPage();
const complaints = [];
page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
page.on("pageerror", (error) => complaints.push(`${error}`));
page.on("request", (request) => {
	if (!request.url().startsWith(link) && !request.url().startsWith("data:"))
		complaints.push(`asks for ${request.url()}`);
});
await page.goto(link);
await page.locator("#status", { hasText: "18 letters" }).waitFor();
await page.locator("#rows li[aria-setsize]").first().waitFor();
check("all letters are listed", await page.locator("#rows li").count() === 18);
const shown = () => page.locator("h1").innerText();
check("the first is shown", await shown() === "avon-and-somerset");

await page.keyboard.press("j");
await page.locator("h1", { hasText: "bedfordshire" }).waitFor();
await page.keyboard.press("ArrowDown");
await page.locator("h1", { hasText: "essex" }).waitFor();
await page.keyboard.press("k");
await page.locator("h1", { hasText: "bedfordshire" }).waitFor();
await page.keyboard.press("/");
await page.keyboard.type("YORK");
await page.waitForFunction(() => document.querySelectorAll("#rows li").length === 2);
check("a part of a name finds", true);
await page.fill("#q", "");
await page.selectOption("#state", "error");
await page.waitForFunction(() => document.querySelectorAll("#rows li").length === 0);
await page.selectOption("#state", "");
await page.click("text=essex");
await page.locator("h1", { hasText: "essex" }).waitFor();
const width = () => page.locator("#pages img").first().evaluate((image) => image.clientWidth);
const before = await width();
await page.click("button[aria-label=Larger]");
check("zoom", await width() > before);
await page.click("text=Guides");
await page.locator(".tools a[aria-current]", { hasText: "Guides" }).waitFor();
await take(page, "guides");
await page.click("text=Guides");
await page.locator(".tools a:not([aria-current])", { hasText: "Guides" }).waitFor();
await take(page, "letter");

const file = join(folder, "templates/vru-letter.xml");
const good = readFileSync(file, "utf8");
const picture = () => page.locator("#pages img").first().getAttribute("src");
const old = await picture();
await page.locator("main").evaluate((main) => { main.scrollTop = 120; });
writeFileSync(file, good.replace("<salutation>Dear", "<salutation>My dear"));
const start = performance.now();
await page.waitForFunction((src) => {
	const image = document.querySelector("#pages img");
	return image?.complete && image.getAttribute("src") !== src;
}, old);
console.log(`from save to new picture: ${Math.round(performance.now() - start)} ms`);
check("the place is kept", await page.locator("main").evaluate((main) => main.scrollTop) === 120);
await page.click("text=Before the last change");
await page.locator("#pages canvas").first().waitFor();
check("differences are marked", await page.locator("#pages canvas").first().evaluate((canvas) => {
	const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
	for (let i = 0; i < data.length; i += 4)
		if (data[i] === 200 && data[i + 1] === 30 && data[i + 2] === 90)
			return true;
	return false;
}));
await take(page, "before");
await page.click("text=Before the last change");
await page.locator("#pages img").first().waitFor();

writeFileSync(file, good.replace("<salutation>", "<salutatoin>"));
await page.locator("aside .findings li.error").first().waitFor();
check("an error names its line", /vru-letter\.xml:\d+/u.test(await page.locator("aside").innerText()));
check("the last good letter stays", await page.locator("#pages img").count() > 0);
await page.locator("#status", { hasText: "18 with errors" }).waitFor();
await take(page, "error");
writeFileSync(file, good);
await page.locator("aside", { hasText: "Nothing was found" }).waitFor();
check("the error goes", await page.locator(".stale").count() === 0);

await page.locator("#status", { hasText: "18 letters" }).waitFor();
await page.click("text=Write the letters");
await page.locator("#status", { hasText: "18 written" }).waitFor();
await page.locator("#status", { hasText: "0 changed" }).waitFor();
check("letters are written", existsSync(join(folder, "out/essex.pdf")) &&
	readdirSync(join(folder, "out")).filter((name) => name.endsWith(".pdf")).length === 18);
check("nothing complained", !complaints.length, complaints.join("\n"));

const light = await bypass.newPage();
await light.goto(`${link}letter/kent`);
await light.locator("#rows li[aria-setsize]").first().waitFor();
await axeFindings(light, "light");
const night = await dark.newPage();
await night.goto(`${link}letter/kent`);
await night.locator("#rows li[aria-setsize]").first().waitFor();
await axeFindings(night, "dark");
await take(night, "dark");

const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
await plain.goto(link);
await plain.click("text=west-midlands");
check("without a script links work", await plain.locator("h1").innerText() === "west-midlands");
await plain.fill("#q", "wales");
await plain.click("#filter button");
check("without a script the list is searched", await plain.locator("#rows li").count() === 1);
await browser.close();
desk.kill();
process.exit(failed ? 1 : 0);
