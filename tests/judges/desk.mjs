// The proof desk in a browser: list, filter, keyboard, focus, zoom, a save that shows without a reload, an
// error that comes and goes, before and after, writing the letters, a template that is broken from
// the start, 20,000 recipients, axe; and without a script.
//
//   node desk.mjs LETTERMERGE FOLDER [PICTURES]    FOLDER: a project that may be changed
//
// Ends with 1 when something was wrong, with 2 when something did not come.
import { spawn } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, statSync, unlinkSync, writeFileSync, existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const MANY = 20000;
const [program, folder, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const file = join(folder, "templates/vru-letter.xml");
const good = readFileSync(file, "utf8");
const complaints = [];
let failed = 0;

function check(name, holds, what = "") {
	failed += !holds;
	console.log(`${holds ? "good" : "FAILED"}: ${name} ${holds ? "" : what}`);
}

async function serve(...options) {
	const env = { ...process.env, PATH: `${join(folder, "bin")}:${process.env.PATH}` };
	const desk = spawn(program, ["serve", "-q", ...options], { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
	process.on("exit", () => desk.kill());
	desk.link = await new Promise((resolve) => desk.stdout.once("data", (data) => resolve(`${data}`.trim())));
	return desk;
}

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
		"--disable-background-networking", "--disable-component-update"],
});

async function open(address, options = {}, waitUntil = "load") {
	const context = await browser.newContext({ viewport: { width: 1500, height: 950 }, ...options });
	const page = await context.newPage();
	const origin = new URL(address).origin;
	page.setDefaultTimeout(60000);
	page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
	page.on("pageerror", (error) => complaints.push(`${error}`));
	page.on("request", (request) => {
		if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith("data:"))
			complaints.push(`asks for ${request.url()}`);
	});
	await page.goto(address, { waitUntil });
	return page;
}

async function close(desk, ...pages) {
	for (const page of pages)
		await page.context().close();
	desk.kill();
}

async function take(page, name) {
	if (pictures)
		await page.screenshot({ path: join(pictures, `${name}.png`) });
}

const shows = (page, id) => page.locator("h1", { hasText: id }).waitFor();
const settled = (page) => page.waitForFunction(() => stands() && turns.placed === turns.asked && !closed);
const says = (page, words) => page.locator("#status", { hasText: words }).waitFor();
const rowCount = (page, count) =>
	page.waitForFunction((n) => document.querySelectorAll("#rows li").length === n, count);

async function listAndKeys(page) {
	await says(page, "18 letters checked");
	await page.locator("#rows li[aria-setsize]").first().waitFor();
	check("all letters are listed", await page.locator("#rows li").count() === 18);
	const names = await page.locator("#rows .id").allInnerTexts();
	const proof = await page.locator("#rows li", { hasText: "proof" }).count();
	check("the proof set comes first", proof > 0 && proof < 18 && await page.locator("#rows li").evaluateAll(
		(rows) => rows.map((row) => +row.textContent.includes("proof")).join("").replace(/^1+0+$/u, "")) === "");
	await page.goto(page.url().replace(/letter\/.*/u, ""));
	await shows(page, names[0]);
	for (const [key, id] of [["j", names[1]], ["ArrowDown", names[2]], ["k", names[1]]]) {
		await page.keyboard.press(key);
		await shows(page, id);
	}
	await page.click("[data-step='1']");
	await shows(page, names[2]);
	check("why it is in the proof set", await page.locator("aside h2", { hasText: "In the proof set" }).count() === 1);
	await take(page, "proof");
	await page.click("#states >> text=Proof set");
	await rowCount(page, proof);
	await page.click("#states >> text=All");
	await rowCount(page, 18);
	await page.keyboard.press("/");
	await page.keyboard.type("roger hirst"); // stands in the letter, not in its name
	await rowCount(page, 1);
	await page.keyboard.press("Enter");
	await shows(page, "essex");
	await page.keyboard.press("/");
	await page.keyboard.press("Escape");
	await rowCount(page, 18);
	await page.keyboard.press("/");
	await page.keyboard.type("SOUTH-Y");
	await rowCount(page, 1);
	await page.keyboard.press("Enter");
	await shows(page, "south-yorkshire");
	await page.keyboard.press("/");
	await page.keyboard.press("Escape");
	await rowCount(page, 18);
	await page.click("#states >> text=Errors");
	await rowCount(page, 0);
	await page.click("#states >> text=Not written yet");
	await rowCount(page, 18);
	await page.click("#states >> text=All");
	await page.click("#rows >> text=essex");
	await shows(page, "essex");
	check("list, filter, keyboard", true);
}

async function zoomAndGuides(page) {
	const width = () => page.locator("#pages img").first().evaluate((image) => image.clientWidth);
	const before = await width();
	await page.click("button[aria-label=Larger]");
	check("zoom", await width() > before);
	await page.keyboard.press("0");
	check("and back", await width() === before);
	await page.keyboard.press("g");
	await page.locator("[data-set=guides][aria-current]").waitFor();
	await take(page, "guides");
	await page.click("[data-set=guides]");
	await page.locator("[data-set=guides]:not([aria-current])").waitFor();
	await take(page, "letter");
}

// The page itself says when the new pictures stand in it.
async function save(page, text) {
	const seen = page.evaluate(() => new Promise((resolve) => {
		const old = document.querySelector("#pages img").src;
		const look = () => {
			const image = document.querySelector("#pages img");
			if (image?.complete && image.src !== old)
				resolve(Date.now());
			else
				requestAnimationFrame(look);
		};
		look();
	}));
	await page.evaluate(() => 0);
	const start = Date.now();
	writeFileSync(file, text);
	return await seen - start;
}

async function liveUpdate(page) {
	const times = [];
	await page.locator("main").evaluate((main) => { main.scrollTop = 120; });
	for (let i = 0; i < 9; i++) {
		const listed = await page.evaluate("seen.listed");
		times.push(await save(page, good.replace("Dear", i < 8 ? `${i} dear` : "My dear")));
		await page.waitForFunction((n) => seen.listed > n && !seen.busy, listed);
	}
	times.sort((a, b) => a - b);
	console.log(`from save to new picture: median ${times[4]} ms, ${times[0]} to ${times.at(-1)} ms`);
	// Asked in the page: a locator may hold the main that has just been replaced.
	const top = await page.evaluate(() => document.querySelector("main").scrollTop);
	check("the place is kept", top === 120, `${top}`);
	check("there was no reload", await page.evaluate(() => performance.getEntriesByType("navigation").length) === 1);
}

async function beforeAndAfter(page) {
	await page.keyboard.press("c");
	await page.locator("[data-set=changes][aria-current]").waitFor();
	const boxes = (what) => page.locator(`.now .${what} rect`).first().boundingBox();
	const [paper, tint, gap] = [await page.locator(".now .paper").first().boundingBox(), await boxes("ins"), await boxes("del")];
	const left = (box) => (box.x - paper.x) / paper.width;
	check("what is new is marked where the salutation begins", left(tint) > 0.1 && left(tint) < 0.15 &&
		tint.width < paper.width / 5, JSON.stringify({ paper, tint }));
	check("and so is the place of what is gone", gap.width > 0 && gap.width < 4 && Math.abs(left(gap) - left(tint)) < 0.01,
		JSON.stringify(gap));
	check("only words that differ are changes", /1 change of words on page 1: /u.test(await page.locator(".legend").innerText()));
	check("it is told in words", /new: My; gone: 7$/u.test(await page.locator("#changes ol li").first().innerText()));
	check("without room for both, the one that is is shown", !await page.locator(".was").first().isVisible());
	await take(page, "changes");
	await page.setViewportSize({ width: 1920, height: 1080 });
	const [was, now] = [await page.locator(".was .paper").first().boundingBox(), await page.locator(".now .paper").first().boundingBox()];
	check("with room they stand side by side", was.x + was.width < now.x && was.y === now.y && was.width === now.width);
	await take(page, "changes-wide");
	const overflow = () => page.locator("main").evaluate((main) => main.scrollWidth - main.clientWidth);
	await page.keyboard.press("w");
	check("and fit there", await overflow() <= 0 && await page.locator("#zoom").innerText() === "100 %", await overflow());
	await page.keyboard.press("0");
	await page.setViewportSize({ width: 1500, height: 950 });
	await page.keyboard.press("g");
	await page.locator("[data-set=guides][aria-current]").waitFor();
	check("guides leave the changes", await page.locator("[data-set=changes][aria-current]").count() === 1 &&
		await page.locator("#changes ol li").count() === 1);
	await page.keyboard.press("g");
	await page.locator("[data-set=guides]:not([aria-current])").waitFor();
	await page.keyboard.press("b");
	await page.locator("[data-set=before][aria-current]").waitFor();
	check("before is the letter before", (await page.locator("#pages img").first().getAttribute("alt")).includes("before"));
	check("with what is gone struck out", await page.locator(".was .del .line").count() === 1);
	await page.click("[data-set=now]");
	await page.locator("[data-set=now][aria-current]").waitFor();
	await page.click("#rows >> text=sussex"); // nobody has looked at it
	await shows(page, "sussex");
	await page.keyboard.press("c");
	await page.locator("#changes li", { hasText: "gone: 7" }).waitFor();
	await page.click("#rows >> text=essex");
	await shows(page, "essex");
}

// On a dense screen, small and large: a dot of the picture for each of the screen.
async function sharp(link) {
	const page = await open(`${link}letter/essex`, { deviceScaleFactor: 2 });
	const dots = () => page.waitForFunction(() => [...document.querySelectorAll("#pages img")].every(
		(image) => image.complete && image.naturalWidth >= image.clientWidth * devicePixelRatio * 0.99));
	await dots();
	await page.keyboard.press("+");
	await page.keyboard.press("+");
	await dots();
	check("pages are as sharp as the screen", true);
	await page.context().close();
}

// A record that is away for a moment moves nobody, and what was said of it goes when it is back.
async function aRecordComesBack(link) {
	const record = join(folder, "recipients/kent.xml"), facts = readFileSync(record, "utf8");
	const page = await open(`${link}letter/kent`), other = await open(`${link}letter/kent`);
	await settled(page);
	unlinkSync(record);
	for (const one of [page, other]) {
		await one.locator("#message", { hasText: "kent is not among the letters any more" }).waitFor();
		check("the letter stays in sight", await one.locator("h1").innerText() === "kent" &&
			one.url().endsWith("letter/kent") && await one.locator("[data-set=approve]").count() === 0);
	}
	await page.keyboard.press("a");
	check("and cannot be approved", (await page.locator("#message").innerText()).includes("not among the letters"));
	complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes("404")));
	writeFileSync(record, facts);
	await page.locator("[data-set=approve]").waitFor();
	await page.locator("#message:empty").waitFor({ state: "attached" });
	await settled(page);
	await page.keyboard.press("a");
	await page.locator("#message.bad", { hasText: /facts? in it (is|are) not confirmed: .*Approve once more/u }).waitFor();
	check("facts that nobody has seen are not approved at once", await page.locator("[data-set=withdraw]").count() === 0);
	complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes("428")));
	await page.keyboard.press("a");
	await page.locator("#message", { hasText: "Approved as" }).waitFor();
	await other.locator("[data-set=withdraw]").waitFor();
	await page.locator("[data-set=withdraw]").waitFor();
	await settled(page);
	await page.keyboard.press("a");
	await page.locator("#message.bad", { hasText: "You have approved kent already" }).waitFor();
	writeFileSync(file, good.replace("Dear", "My dear"));
	await page.locator("#approval p", { hasText: "Changed since it was approved" }).waitFor();
	check("a message goes with its truth", await page.locator("#message").innerText() === "");
	writeFileSync(file, good.replace("Dear", "My dear").replace(/href="[^"]*annual-report[^"]*"/u, 'href="https://example.org/x"'));
	await page.locator("#approval p", { hasText: "its words and its links changed" }).or(
		page.locator("#approval li", { hasText: "its words and its links changed" })).first().waitFor();
	await page.keyboard.press("c");
	await page.locator("#changes li", { hasText: 'link of "Annual Report": ' }).waitFor();
	check("both saves are changes since the approval", await page.locator("#changes li", { hasText: "new: My" }).count() === 1);
	await take(page, "since-approval");
	await page.click("[data-since=save]");
	await page.locator("[data-since=save][aria-current]").waitFor();
	check("the last save is the link's alone", await page.locator("#changes ol li").count() === 1);
	writeFileSync(file, good);
	await page.locator("[data-set=withdraw]").waitFor();
	await settled(page);
	await page.click("[data-set=withdraw]");
	await page.locator("#message", { hasText: "Withdrawn" }).waitFor();
	await page.goto(`${link}letter/essex`);
	await page.locator("[data-set=approve]").waitFor();
	await page.locator("#rows li[aria-setsize]").first().waitFor();
	await settled(page);
	await page.keyboard.press("A");
	await page.locator("#message", { hasText: "Approved as" }).waitFor();
	check("A goes on to the next", await page.locator("#rows [aria-current] .id").innerText() !== "essex");
	await page.keyboard.press("k");
	await page.locator("[data-set=withdraw]").waitFor();
	await settled(page);
	await page.click("[data-set=withdraw]");
	await page.locator("#message", { hasText: "Withdrawn" }).waitFor();
	await page.context().close();
	await other.context().close();
}

async function pagesThatCannotBeDrawn() {
	mkdirSync(join(folder, "bin"), { recursive: true });
	const fake = join(folder, "bin/pdftoppm");
	writeFileSync(fake, '#!/bin/sh\n[ "$1" = -v ] && exit\n[ "$4" = 2 ] && sleep 600\necho "out of paper" >&2\nexit 1\n');
	chmodSync(fake, 0o755);
	const desk = await serve("--no-sign");
	const page = await open(desk.link, {}, "domcontentloaded"); // its second page hangs
	await says(page, "18 letters checked");
	await page.locator(".undrawn", { hasText: "Page 1 of 2 could not be drawn: pdftoppm ended with an error, and said: out of paper" }).waitFor();
	await take(page, "undrawn");
	await page.keyboard.press("j"); // and so does that of the next
	await page.locator("aside", { hasText: "Facts" }).waitFor();
	await page.locator("[data-id]", { hasText: await page.locator("#rows [aria-current] .id").innerText() }).waitFor();
	check("what was found waits for no picture", await page.locator(".undrawn", { hasText: "Page 2" }).count() === 0);
	await page.keyboard.press("a");
	await page.locator("#message", { hasText: /./u }).waitFor();
	check("what has no pages yet is not approved", (await page.locator("#message").innerText()).includes("was not there yet"));
	await close(desk, page);
	unlinkSync(fake);
	complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes("503")));
}

async function anErrorComesAndGoes(page) {
	writeFileSync(file, good.replace("<salutation>", "<salutatoin>"));
	await page.locator("aside .findings li.error").first().waitFor();
	check("an error names its line", /vru-letter\.xml:\d+/u.test(await page.locator("aside").innerText()));
	check("the last good letter stays", await page.locator("#pages img").count() > 0);
	await page.locator("#states", { hasText: "Errors 18" }).waitFor();
	await page.locator("#alarm", { hasText: /The template has an error: .*vru-letter\.xml:\d+:\d+/u }).waitFor();
	check("letters are not written meanwhile", (await page.evaluate(async () => (await fetch("write")).text())).includes("The letters cannot be made"));
	await take(page, "error");
	writeFileSync(file, good);
	await page.locator("aside", { hasText: "Nothing was found" }).waitFor();
	check("the error goes", await page.locator(".stale").count() === 0 &&
		await page.locator("#alarm").innerText() === "");
	await page.locator("#states", { hasText: "Errors 0" }).waitFor();
	const record = join(folder, "recipients/essex.xml"), facts = readFileSync(record, "utf8");
	writeFileSync(record, facts.replace("<name>", "<nmae>"));
	await page.locator("#states", { hasText: "Errors 1" }).waitFor();
	await page.locator("aside", { hasText: "essex.xml" }).waitFor();
	await page.waitForFunction(() => document.querySelectorAll("#rows .state.error").length === 1);
	check("one letter's error is its own", true);
	writeFileSync(record, facts);
	await page.locator("#states", { hasText: "Errors 0" }).waitFor();
}

const current = (page) => page.evaluate(() => {
	const row = document.querySelector("#rows [aria-current]")?.getBoundingClientRect();
	const { top, bottom } = document.querySelector("#scroll").getBoundingClientRect();
	return row && row.top >= top - 1 && row.bottom <= bottom + 1;
});

// What one comes upon with the Tab key: one stop in the list, and an end.
async function tabbing(link) {
	const page = await open(`${link}letter/essex`);
	await page.locator("#rows li[aria-setsize]").first().waitFor();
	const stops = [];
	for (let i = 0; i < 40 && !stops.includes("aside"); i++) {
		await page.keyboard.press("Tab");
		stops.push(await page.evaluate(() => {
			const at = document.activeElement, { tagName } = at;
			return tagName === "ASIDE" ? "aside" : at.className || at.closest("form, nav > [id], main")?.id || tagName;
		}));
	}
	const order = stops.filter((stop, i) => ["skip", "filter", "scroll", "main", "aside"].includes(stop) && stop !== stops[i - 1]);
	check("the Tab key goes on to the letter", order.join() === "skip,filter,scroll,skip,main,aside", stops.join());
	check("the list is one stop", stops.filter((stop) => stop === "scroll").length === 1, stops.join());
	await page.locator("#rows [tabindex='0']").focus();
	const names = await page.locator("#rows .id").allInnerTexts(), first = names[0];
	await page.keyboard.press("End");
	await shows(page, names.at(-1));
	await page.keyboard.press("Home");
	await shows(page, first);
	check("the focus goes along the list", await page.evaluate((name) =>
		document.activeElement.matches("#rows [aria-current]") && document.activeElement.innerText.includes(name), first));
	await page.reload();
	await page.locator("#rows li[aria-setsize]").first().waitFor();
	await page.keyboard.press("Tab");
	await page.keyboard.press("Enter");
	check("a link skips the list", await page.evaluate(() => document.activeElement.tagName === "MAIN"));
	await page.context().close();
}

// A letter that does not stand there yet is not approved; what is refused is said.
async function whatIsApproved(link) {
	const page = await open(`${link}letter/essex`);
	const focused = () => page.evaluate(() => document.activeElement.dataset.set);
	await says(page, "18 letters checked");
	await page.locator("[data-set=approve]").waitFor();
	let held, letGo, refused = false;
	await page.route("**/{part,approve}/**", async (route) => { // one, as requests under way are lost when it goes
		await held;
		await (refused && route.request().method() === "POST"
			? route.fulfill({ status: 409, contentType: "text/plain", body: "It was saved anew.\n" }) : route.continue());
	});
	held = new Promise((resolve) => { letGo = resolve; });
	await page.keyboard.press("j");
	await page.keyboard.press("a");
	await page.locator("#message.bad", { hasText: "was not there yet" }).waitFor();
	letGo();
	await shows(page, "greater-manchester");
	check("a letter just left is not approved", await page.locator("#states", { hasText: "Approved 0" }).count() === 1);
	await page.click("#rows >> text=essex");
	await shows(page, "essex");
	check("a message goes with its letter", await page.locator("#message").innerText() === "");
	refused = true;
	await settled(page);
	await page.keyboard.press("a");
	await page.locator("#message.bad", { hasText: "It was saved anew." }).waitFor();
	await take(page, "refused");
	refused = false;
	complaints.length = 0; // of the browser, about that answer
	await page.keyboard.press("Escape");
	check("a refusal is said, and put away", await page.locator("#message").innerText() === "");
	await settled(page);
	await page.locator("[data-set=approve]").focus();
	await page.keyboard.press("Enter");
	await page.locator("#message", { hasText: "Approved as" }).waitFor();
	await page.locator("[data-set=withdraw]").waitFor();
	check("the focus goes to what takes it back", await focused() === "withdraw", await focused());
	const listed = await page.evaluate("seen.listed");
	writeFileSync(join(folder, "recipients/kent.xml"), readFileSync(join(folder, "recipients/kent.xml")));
	await page.waitForFunction((n) => seen.listed > n && !seen.busy, listed);
	await settled(page);
	check("a save leaves the focus", await focused() === "withdraw", await focused());
	await settled(page);
	await page.keyboard.press("Enter");
	await page.locator("#message", { hasText: "Withdrawn" }).waitFor();
	await page.locator("[data-set=approve]").waitFor();
	check("and back", await focused() === "approve", await focused());
	await page.context().close();
}

// In a low window; and where no events come.
async function placesInTheList(link) {
	const page = await open(`${link}letter/west-midlands`, { viewport: { width: 1500, height: 500 } });
	await page.locator("#rows li[aria-setsize] [aria-current]").waitFor();
	check("a link brings its row into sight", await current(page));
	await page.setViewportSize({ width: 1500, height: 400 });
	await page.waitForFunction(() => sight === scroll.clientHeight);
	check("it stays there in a lower window", await current(page));
	await page.setViewportSize({ width: 1500, height: 500 });
	await page.keyboard.press("/");
	await page.keyboard.type("qqqq");
	await page.locator("#found", { hasText: "No letter holds “qqqq”" }).waitFor();
	await page.keyboard.press("Enter");
	check("no hit leaves the letter", await page.locator("h1").innerText() === "west-midlands");
	await take(page, "no-hits");
	await page.keyboard.press("Escape");
	await page.locator("#rows [aria-current]").waitFor();
	check("Escape brings it back into sight", await current(page) && await page.locator("#found").isHidden());
	await page.keyboard.press("/");
	await page.keyboard.type("KÉNT");
	await page.locator("#found", { hasText: "hold" }).waitFor();
	await page.click("text=Show all letters");
	await page.locator("#found").waitFor({ state: "hidden" });
	await page.click("#states >> text=Not written yet");
	await page.waitForURL("**state=unwritten");
	await page.evaluate(() => { // both before the address has said the first
		document.querySelector("#states [data-state='']").click();
		[...document.querySelectorAll("#rows a")].find((link) => link.innerText.includes("sussex")).click();
	});
	await shows(page, "sussex");
	await page.goBack();
	await shows(page, "west-midlands");
	check("back is the letter before, as it was found", page.url().endsWith("letter/west-midlands"), page.url());
	await page.context().close();
	const mute = await browser.newPage();
	await mute.route("**/events", (route) => route.abort());
	await mute.goto(link);
	await mute.locator("#rows li[aria-setsize]").first().waitFor();
	check("without events rows stand below each other", await mute.locator("#rows li").evaluateAll(
		(items) => new Set(items.map((item) => item.getBoundingClientRect().top)).size === items.length));
	await mute.close();
}

// The script sets the narrow layout by the size of the text; without it the window's width does.
async function narrowAndWide(link) {
	for (const [name, width, options] of [["900", 900, {}], ["600", 600, {}], ["no script, 600", 600, { javaScriptEnabled: false }]]) {
		const page = await open(`${link}letter/kent`, { viewport: { width, height: 900 }, ...options });
		await page.locator("[data-set=approve]").waitFor();
		const [top, bottom] = [await page.locator("h1").boundingBox(), await page.locator("[data-set=approve]").boundingBox()];
		check(`${name}: name and Approve in sight, list folded`, top.y < 200 && bottom.y + bottom.height <= 900 &&
			!await page.locator("#scroll").isVisible() && (await page.locator(".count").innerText()).includes("finding"));
		await page.check("#fold");
		check(`${name}: the list unfolds`, await page.locator("#rows a").first().isVisible());
		await page.context().close();
	}
	const page = await open(`${link}letter/kent`, { viewport: { width: 1920, height: 1080 } });
	const sources = page.locator("aside .confirm .cited a");
	await sources.first().waitFor();
	check("what nobody has seen is to be confirmed, at a link", await sources.count() > 0 &&
		(await sources.evaluateAll((links) => links.every((link) => /^https?:$/u.test(link.protocol) &&
			link.rel.includes("noopener")))));
	const gap = () => page.evaluate(() => document.querySelector("main").clientWidth - document.querySelector("#pages img").clientWidth);
	await page.locator("[data-set=width]").waitFor();
	await page.keyboard.press("w");
	check("a page is as wide as the window", await gap() < 60, await gap());
	await page.keyboard.press("-");
	check("the next step is smaller", await gap() > 60, await gap());
	await page.keyboard.press("+");
	check("that width is a step", await gap() < 60, await gap());
	await page.context().close();
}

async function theDeskGoes() {
	const desk = await serve("--no-sign");
	const page = await open(`${desk.link}letter/kent`);
	await says(page, "18 letters checked");
	desk.kill();
	await page.locator("#alarm", { hasText: "The desk is closed" }).waitFor();
	await page.keyboard.press("j");
	await page.locator("#rows a").first().click();
	check("a closed desk stays where it was", page.url().endsWith("letter/kent") &&
		(await page.locator("#rows [aria-current]").innerText()).includes("kent"));
	complaints.length = 0; // of the browser, which asks again
	await take(page, "closed");
	await page.context().close();
}

async function generate(page) {
	await says(page, "18 letters checked");
	await page.click("#write");
	const summary = page.locator("main.summary h1", { hasText: "Write 18 letters" });
	await summary.waitFor();
	check("the summary's heading has the focus", await summary.evaluate((heading) => heading === document.activeElement));
	check("nobody signs, which is said before", (await page.locator("main").innerText()).includes("nobody"));
	await page.keyboard.press("Escape");
	await page.locator("#rows").waitFor();
	check("Escape leaves it, and nothing is written", !existsSync(join(folder, "out/essex.pdf")));
	await page.locator("#write", { hasText: "Write 18 letters…" }).click();
	await summary.waitFor();
	await page.locator("main.summary button").press("Enter");
	await page.locator("h1", { hasText: "Run report" }).waitFor();
	check("a run ends with its report", await page.locator(".letters tbody tr").count() === 18 &&
		(await page.locator(".counts tbody tr").first().innerText()).includes("18"));
	await page.click("text=Back to the desk");
	await says(page, "18 written");
	check("the report stays at hand", await page.locator("#report").isVisible());
	await page.locator("#states", { hasText: "Not written yet 0" }).waitFor();
	check("letters are written", existsSync(join(folder, "out/essex.pdf")) &&
		readdirSync(join(folder, "out")).filter((name) => name.endsWith(".pdf")).length === 18);
}

// With facts in it that nobody has seen.
async function approveTwice(page) {
	await page.click("[data-set=approve]");
	await page.locator("#message", { hasText: "not confirmed" }).waitFor();
	complaints.splice(0, complaints.length, ...complaints.filter((text) => !text.includes("428")));
	await page.click("[data-set=approve]");
}

// An approval is void while the letter is another one.
async function approve(page) {
	const counts = (words) => page.locator("#states", { hasText: words }).waitFor();
	await page.click("#rows >> text=kent");
	await shows(page, "kent");
	await page.locator("[data-set=approve]").waitFor();
	await settled(page);
	await approveTwice(page);
	await page.locator("#approval b", { hasText: "Approved" }).waitFor();
	await counts("Approved 1");
	check("who approved it is said", await page.locator("#approval li").count() === 1);
	await take(page, "approved");
	await page.click("#states >> text=Approved");
	await rowCount(page, 1);
	await page.click("#states >> text=All");
	await rowCount(page, 18);
	writeFileSync(file, good.replace("Dear", "My dear"));
	await counts("Approved 0");
	await page.locator("[data-set=approve]").waitFor();
	check("an edit voids it", await page.locator("#approval p", { hasText: "Changed since it was approved" }).count() === 1);
	writeFileSync(file, good);
	await counts("Approved 1");
	await page.locator("[data-set=withdraw]").waitFor();
	await settled(page);
	await page.click("[data-set=withdraw]");
	await page.locator("#message", { hasText: "Withdrawn" }).waitFor();
	await counts("Approved 0");
	await page.locator("[data-set=approve]").waitFor();
	await settled(page);
	await approveTwice(page);
	await page.locator("#message", { hasText: "Approved as" }).waitFor();
	await counts("Approved 1");
	check("a letter is approved and taken back", true);
}

async function axeFindings(address, name, options) {
	const page = await open(address, { bypassCSP: true, ...options });
	await page.waitForFunction(() => seen && known > 0);
	await page.evaluate(axe);
	const { violations } = await page.evaluate(
		(values) => window.axe.run(document, { runOnly: { type: "tag", values } }), rules);
	check(`axe, ${name}`, !violations.length,
		violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`).join("\n"));
	await take(page, name);
	await page.context().close();
}

// The summary, and the report under the desk's roof.
async function axeOfRuns(link) {
	for (const [path, width, colorScheme] of [["write", 1500, "light"], ["write", 390, "dark"], ["report", 1500, "dark"], ["report", 390, "light"]]) {
		const page = await open(link + path, { bypassCSP: true, colorScheme, viewport: { width, height: 900 } });
		await page.evaluate(axe);
		const { violations } = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: "tag", values } }), rules);
		check(`axe, ${path}, ${width}`, !violations.length, violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`).join("\n"));
		check(`${path} fits into ${width}`, await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
		await take(page, `${path}-${width}`);
		await page.context().close();
	}
}

async function withoutScript(link) {
	const page = await open(link, { javaScriptEnabled: false });
	await page.click("text=west-midlands");
	check("without a script links work", await page.locator("h1").innerText() === "west-midlands");
	await take(page, "no-script");
	await page.fill("#q", "wales");
	await page.click("#filter button");
	check("the list is searched", await page.locator("#rows li").count() === 1);
	await page.goto(`${link}letter/kent?state=proof&guides=1`);
	await page.click("#rows >> text=london");
	check("filter and guides are kept", /state=.*guides=/u.test(page.url()) &&
		await page.locator("[data-set=guides][aria-current]").count() === 1 &&
		await page.locator("#rows li").count() < 18);
	await page.click("text=All 18");
	check("and the letter, with another filter", await page.locator("h1").innerText() === "london");
	await page.goto(`${link}letter/london`);
	writeFileSync(file, good.replace("Dear", "Oh dear"));
	await page.click("[data-set=approve]");
	check("a refusal has a way back", (await page.locator("p").first().innerText()).includes("saved anew"));
	await page.click("text=Back to the desk");
	check("to the letter", await page.locator("h1").innerText() === "london");
	writeFileSync(file, good.replace("Dear", "My dear"));
	await page.click("#write");
	// The save just now may be heard of after the summary was shown: then it is shown anew.
	for (let ended = false; !ended;) {
		await page.goto(`${link}write`);
		if (!await page.locator("main.summary button").count())
			continue;
		await page.click("main.summary button");
		const heading = page.locator("h1", { hasText: /^(Run report|No run report|Write)/u });
		await heading.waitFor();
		ended = await heading.innerText() === "Run report";
	}
	writeFileSync(file, good);
	await page.click("text=Back to the desk");
	check("letters are written, the page comes back", await page.locator("#rows li").count() === 18);
}

async function whoCannotSign() {
	const desk = await serve();
	const page = await open(desk.link);
	check("who cannot sign cannot write", await page.locator("#write").count() === 0 && (await page.locator("header").innerText()).includes("Nobody is there to sign"));
	await close(desk, page);
}

// What a browser is told to open is in a list of programs that all users can read: not the link.
async function openedByAFile() {
	mkdirSync(join(folder, "bin"), { recursive: true });
	writeFileSync(join(folder, "bin/xdg-open"), '#!/bin/sh\necho "$1" >opened.new; mv opened.new opened\n');
	chmodSync(join(folder, "bin/xdg-open"), 0o755);
	const desk = await serve("--no-sign", "--open");
	const opened = join(folder, "opened");
	for (let i = 0; i < 1000 && !existsSync(opened); i++)
		await new Promise((resolve) => { setTimeout(resolve, 20); });
	const path = readFileSync(opened, "utf8").trim();
	check("the file that leads to the desk is for its user alone", (statSync(path).mode & 0o777) === 0o600);
	const page = await (await browser.newContext()).newPage();
	await page.goto(`file://${path}`);
	await page.locator("h1").waitFor();
	check("it leads to the desk", page.url() === desk.link);
	await page.context().close();
	const closed = new Promise((resolve) => desk.once("exit", resolve));
	desk.kill();
	await closed;
	check("and is gone when the desk is", !existsSync(path));
}

async function brokenFromTheStart() {
	writeFileSync(file, good.replace("<salutation>", "<salutatoin>"));
	const desk = await serve("--no-sign");
	const page = await open(desk.link);
	await page.locator("aside", { hasText: "vru-letter.xml" }).waitFor();
	await take(page, "broken");
	writeFileSync(file, good);
	await page.locator("h1").waitFor();
	check("a template that is broken from the start is mended", true);
	await close(desk, page);
}

async function many() {
	const lines = ["id,name,title,salutation,address,postcode,area,vru.name,vru.highlight"];
	for (let i = 0; i < MANY; i++)
		lines.push(`area-${`${i}`.padStart(5, "0")},${i === 7 ? "Zoë Ünlü" : "Alex Example"},Commissioner ${i},Alex,${i} High Street,` +
			`SW1A 1AA,Area ${i},Area ${i} Unit,the work of the unit`);
	mkdirSync(join(folder, "many"));
	writeFileSync(join(folder, "many/all.csv"), lines.join("\n"));
	const desk = await serve("--no-sign", "-r", "many/all.csv", "-o", "many/out");
	const page = await open(desk.link);
	const start = performance.now();
	await page.locator("#rows", { hasText: "area-00000" }).waitFor();
	console.log(`the first of ${MANY} recipients are listed after ${Math.round(performance.now() - start)} ms`);
	await page.waitForFunction((many) => document.querySelector("#scroll").scrollHeight > 10 * many, MANY, { timeout: 60000 });
	console.log(`and all of them after ${Math.round(performance.now() - start)} ms`);
	const frames = await page.evaluate(() => new Promise((resolve) => {
		const scroll = document.querySelector("#scroll"), times = [];
		let last = performance.now();
		const step = (now) => {
			times.push(now - last);
			last = now;
			scroll.scrollTop += scroll.scrollHeight / 60;
			if (times.length < 60)
				requestAnimationFrame(step);
			else
				resolve(times.sort((a, b) => a - b));
		};
		requestAnimationFrame(step);
	}));
	console.log(`scrolled through all: a frame takes ${Math.round(frames[30])} ms, at most ${Math.round(frames[59])} ms`);
	await page.locator("#rows", { hasText: `area-${MANY - 1}` }).waitFor();
	check("the last of many is there, few are in the page", await page.locator("#rows li").count() < 100);
	for (const words of ["zoë ünlü", "ZOE UNLU", "ZOË  ünlü "]) {
		const { total } = await page.evaluate(async (q) => (await fetch(`rows?q=${encodeURIComponent(q)}`)).json(), words);
		check(`"${words}" is found`, total === 1, total);
	}
	await page.locator("#rows a", { hasText: `area-${MANY - 1}` }).click();
	await shows(page, `area-${MANY - 1}`);
	await page.keyboard.press("k");
	await shows(page, `area-${MANY - 2}`);
	await page.locator("#status", { hasText: `${MANY} letters checked` }).waitFor({ timeout: 300000 });
	await take(page, "many");
	check("the place is kept", await page.locator("#rows [aria-current]").innerText().then((text) => text.includes(MANY - 2)));
	await close(desk, page);
}

// Who gives up says what stood on the pages that were open.
async function sayWhatStood() {
	const said = () => ["h1", "#status", "#message", "#alarm", "#approval"].map(
		(selector) => `${selector}: ${document.querySelector(selector)?.innerText}`).join("\n") +
		JSON.stringify([view, turns, closed, fresh, [...document.images].map((image) => image.complete)]);
	for (const page of browser.contexts().flatMap((context) => context.pages()))
		console.log(page.url(), await page.evaluate(said).catch(String));
}

async function judge() {
	const desk = await serve("--no-sign");
	const page = await open(desk.link);
	await listAndKeys(page);
	await zoomAndGuides(page);
	await liveUpdate(page);
	await beforeAndAfter(page);
	await anErrorComesAndGoes(page);
	await tabbing(desk.link);
	await whatIsApproved(desk.link);
	await placesInTheList(desk.link);
	await narrowAndWide(desk.link);
	await sharp(desk.link);
	await aRecordComesBack(desk.link);
	await approve(page);
	await generate(page);
	await axeOfRuns(desk.link);
	await axeFindings(`${desk.link}letter/kent`, "light", {});
	await axeFindings(`${desk.link}letter/kent`, "dark", { colorScheme: "dark" });
	await axeFindings(`${desk.link}letter/kent?changes=1`, "changes-dark", { colorScheme: "dark", viewport: { width: 1920, height: 1080 } });
	await axeFindings(`${desk.link}letter/kent?changes=1`, "changes-light", {});
	await axeFindings(`${desk.link}letter/kent?changes=1`, "changes-narrow", { viewport: { width: 900, height: 900 } });
	await axeFindings(`${desk.link}letter/kent?changes=1`, "changes-forced", { forcedColors: "active" });
	await axeFindings(`${desk.link}letter/kent`, "narrow", { viewport: { width: 480, height: 900 } });
	await axeFindings(`${desk.link}letter/kent`, "forced", { forcedColors: "active" });
	await axeFindings(`${desk.link}letter/kent?q=qqqq`, "nothing found", {});
	await withoutScript(desk.link);
	await close(desk, page);
	await theDeskGoes();
	await whoCannotSign();
	await openedByAFile();
	await brokenFromTheStart();
	await pagesThatCannotBeDrawn();
	await many();
}

try {
	await judge();
} catch (error) { // something did not come in a minute
	console.log(`gave up: ${error.stack.replace(/\u001b\[\d+m/gu, "")}`); // which is in colours
	await sayWhatStood();
	process.exit(2);
}
check("nothing complained", !complaints.length, complaints.join("\n"));
await browser.close();
process.exit(failed ? 1 : 0);
