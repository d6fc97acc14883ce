// The pictures of docs/proofing.md: parts of the proof desk in Chromium, on a copy of the project's letters.
//
//   node proofing.mjs LETTERMERGE FOLDER PICTURES    FOLDER: a project that may be changed
import { spawn, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [program, folder, pictures] = process.argv.slice(2);
const desk = spawn(program, ["serve", "-q", "--person", "Anna", "--person", "Ben", "--approvals", "2"],
	{ cwd: folder, env: { ...process.env, XDG_CONFIG_HOME: folder }, stdio: ["ignore", "pipe", "inherit"] });
process.on("exit", () => desk.kill());
const link = /http:\S+/u.exec(`${await new Promise((resolve) => desk.stdout.once("data", resolve))}`)[0];
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: "light" });
page.setDefaultTimeout(120000);
const settled = () => page.waitForFunction(() => seen && !seen.busy && stands() && turns.placed === turns.asked);

// A part of a column, from an element on, so high.
async function take(name, selector, height) {
	await page.locator(selector).first().scrollIntoViewIfNeeded();
	const box = await page.locator(selector).first().boundingBox();
	await page.screenshot({ path: join(pictures, `${name}.png`),
		clip: { x: box.x, y: box.y, width: box.width, height: Math.min(height, 800 - box.y) } });
}

async function approve() {
	await page.keyboard.press("a");
	await page.waitForFunction(() => document.querySelector("#message").textContent !== "");
	if (!await page.locator("[data-set=withdraw]").count())
		await page.keyboard.press("a");
	await page.locator("[data-set=withdraw]").waitFor();
	await settled();
}

await page.goto(`${link}letter/kent`);
await page.locator("#status", { hasText: "18 letters checked" }).waitFor();
await settled();
await take("list", "nav", 560);
await page.locator(".confirm details summary").first().click();
await page.evaluate(() => document.querySelector(".confirm").previousElementSibling.scrollIntoView());
await take("confirm", ".confirm > li", 420);
await approve();
const file = join(folder, "templates/vru-letter.xml"), letter = readFileSync(file, "utf8");
writeFileSync(file, letter.replace("annual-report-2019-2020/", "annual-report-2021/"));
await page.locator("#approval p", { hasText: "Changed since it was approved" }).waitFor();
await page.keyboard.press("c");
await page.locator("#changes li", { hasText: "Annual Report" }).first().waitFor();
await page.evaluate(() => document.querySelector("#changes").scrollIntoView());
await take("changes", "#changes", 370);
writeFileSync(file, letter);
for (const by of ["Anna", "Ben"])
	spawnSync(program, ["approve", "-q", "--all", "--by", by], { cwd: folder });
await page.goto(`${link}letter/kent`);
await page.locator("#write", { hasText: "18 letters" }).waitFor();
await page.setViewportSize({ width: 800, height: 800 });
await page.goto(`${link}write`);
await take("write", "main", 690);
await browser.close();
process.exit(0);
