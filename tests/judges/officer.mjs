// Two officers sign off the eighteen letters on the proof desk, each over a link of their own: a fact is confirmed, a
// record mended and edited in place and put back, a letter rejected and answered, a link's target and a picture change
// under an approval, all are approved, written and signed. What the screen says is compared with the files: records
// by Python's parser (expat), approvals and log by the command line, letters by pdftotext and verify. In each state
// axe-core finds nothing, at 1440, 1024 and 390 pixels, in light, dark and forced colours.
//
//   node officer.mjs LETTERMERGE FOLDER [PICTURES]    FOLDER: a project that may be changed
//
// Ends with 1 when something was wrong, with 2 when something did not come.
import { spawn, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [program, folder, pictures] = process.argv.slice(2);
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
const env = { ...process.env, XDG_CONFIG_HOME: folder };
const screens = [["1440", { viewport: { width: 1440, height: 950 } }],
	["1024-dark", { viewport: { width: 1024, height: 800 }, colorScheme: "dark" }],
	["390", { viewport: { width: 390, height: 800 } }],
	["390-dark", { viewport: { width: 390, height: 800 }, colorScheme: "dark" }],
	["1440-forced", { viewport: { width: 1440, height: 950 }, forcedColors: "active" }],
	["390-forced", { viewport: { width: 390, height: 800 }, forcedColors: "active" }]];
const some = [screens[1], screens[0], screens[5]]; // for states that differ in little
const complaints = [];
let failed = 0;

function check(name, holds, what = "") {
	failed += !holds;
	console.log(`${holds ? "good" : "FAILED"}: ${name} ${holds ? "" : what}`);
}

/* -- the files -- */

const path = (name) => join(folder, name);
const read = (name) => readFileSync(path(name), "utf8");
const run = (...options) => spawnSync(program, options, { cwd: folder, env, encoding: "utf8", maxBuffer: 1 << 26 });
const lines = (text) => text.split("\n").filter((line) => line);
const approvals = () => lines(run("approve", "--json").stdout).map((line) => JSON.parse(line));
const log = () => lines(run("log", "--json").stdout).map((line) => JSON.parse(line).line ?? JSON.parse(line));

// The text and attributes of a record's field, as another parser than ours reads them.
function field(id, name) {
	const script = "import sys,json,xml.etree.ElementTree as E\n" +
		"n='{urn:lettermerge:recipient:1}'\ne=E.parse(sys.argv[1]).getroot().find('/'.join(n+s for s in sys.argv[2].split('.')))\n" +
		"print(json.dumps({'text':[' '.join(''.join(x.itertext()).split()) for x in (list(e) or [e])],'about':e.attrib}))";
	return JSON.parse(spawnSync("python3", ["-c", script, path(`recipients/${id}.xml`), name], { encoding: "utf8" }).stdout);
}

/* -- the screen -- */

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
	args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
		"--disable-background-networking", "--disable-component-update"],
});

async function open(address, options = screens[0][1]) {
	const page = await (await browser.newContext({ bypassCSP: true, ...options })).newPage();
	page.setDefaultTimeout(60000);
	page.on("console", (message) => message.type() === "error" && !/status of 4(09|28|04)/u.test(message.text()) &&
		!message.location().url.endsWith("/favicon.ico") && complaints.push(`${message.text()} ${message.location().url}`));
	page.on("pageerror", (error) => complaints.push(`${error}`));
	await page.goto(address);
	if (await page.locator("#side").count())
		await settled(page);
	return page;
}

const settled = (page) => page.waitForFunction(() => seen && !seen.busy && stands() && turns.placed === turns.asked && !closed);
const said = (page, words) => page.locator("#message", { hasText: words }).waitFor();

async function go(page, id) {
	await page.evaluate((wanted) => choose(wanted, [...rows].find(([, row]) => row.id === wanted)?.[0] ?? -1), id);
	await page.locator("h1", { hasText: id }).waitFor();
	await settled(page);
}

// A state as screens show it, all of them when something is to be opened there first.
async function look(state, address, prepare = null) {
	for (const [name, options] of prepare ? screens : some) {
		const page = await open(address, options);
		await prepare?.(page);
		await page.evaluate(axe);
		const { violations } = await page.evaluate(
			(values) => window.axe.run(document, { runOnly: { type: "tag", values } }), rules);
		const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
		check(`${state}, ${name}`, !violations.length && over <= 0, `${over} ${violations.map(
			({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 160)}`).join("\n")}`);
		if (pictures)
			await page.screenshot({ path: join(pictures, `${state}-${name}.png`) });
		await page.context().close();
	}
}

async function unfold(page, what) {
	const fold = page.locator(`details[data-fix=${what}]`);
	await page.evaluate(() => document.querySelectorAll("aside details").forEach((one) => { one.open ||= one.matches(".unused"); }));
	await fold.locator("summary").first().click();
	await fold.locator("form").waitFor();
	return fold;
}

// The number of a fact among those of the letter in sight.
const number = (page, name) => page.evaluate((wanted) => [...document.querySelectorAll("[id^=fact-]")].find(
	(one) => one.querySelector("dt").firstChild.data.trim() === wanted).id.slice(5), name);

async function edit(page, name, words) {
	const fold = await unfold(page, `edit-${await number(page, name)}`);
	await fold.locator("textarea").fill(words);
	await fold.locator("button").click();
}

/* -- what they do -- */

async function mendsARecord(page, link) {
	const before = read("recipients/sussex.xml");
	const broken = before.replace(/<postcode([^>]*)>[^<]*</u, "<postcode$1>BN7<");
	writeFileSync(path("recipients/sussex.xml"), broken);
	await go(page, "sussex");
	await page.locator(".findings .error").first().waitFor();
	const found = run("check", "--only", "sussex", "--color=never").stdout;
	const text = await page.locator(".findings .error").first().innerText();
	check("an error is told as check tells it", lines(found).some((line) => text.replace(/\s+/gu, " ").includes(
		/error: (.*) \[E-/u.exec(line)?.[1] ?? "\u0000")), `${text}\n${found}`);
	await look("error", `${link}letter/sussex`);
	await page.locator(".findings .mend").first().click();
	await page.locator("details[data-fix^=edit-][open] textarea").fill("SW1");
	await page.locator("details[data-fix^=edit-][open] form button").click();
	await page.locator("#message.bad").waitFor();
	check("what check refuses is not written", read("recipients/sussex.xml") === broken);
	check("and what was typed is still there", await page.locator("details[data-fix^=edit-][open] textarea").inputValue() === "SW1");
	const postcode = />([^<]*)<\/postcode>/u.exec(before)[1];
	await page.locator("details[data-fix^=edit-][open] textarea").fill(postcode);
	await page.locator("details[data-fix^=edit-][open] form button").click();
	await said(page, "Saved into the record");
	await page.locator(".findings .error").waitFor({ state: "detached" });
	check("the record is mended, byte for byte", read("recipients/sussex.xml") === before);
	check("and undo would break it again", await page.locator("#side [data-set=undo]").count() === 1);
}

async function editsAndUndoes(page, link) {
	const before = read("recipients/kent.xml");
	await go(page, "kent");
	const was = field("kent", "address").text;
	await edit(page, "address", [...was.slice(0, -1), "Old & <Great> Ditton", was.at(-1)].join("\n"));
	await said(page, "Saved into the record");
	const now = read("recipients/kent.xml"), added = "<line>Old &amp; &lt;Great&gt; Ditton</line>";
	check("another parser reads the line", JSON.stringify(field("kent", "address").text) ===
		JSON.stringify([...was.slice(0, -1), "Old & <Great> Ditton", was.at(-1)]));
	check("nothing else of the file changed", now.includes(added) && now.replace(/\s*<line>Old &amp;.*?<\/line>/u, "") === before);
	await page.locator("#side", { hasText: "Changed here: address" }).waitFor();
	await look("edited", `${link}letter/kent`, async (other) => { await unfold(other, `edit-${await number(other, "name")}`); });
	await page.click("[data-set=undo]");
	await said(page, "As it was before");
	check("undone, byte for byte", read("recipients/kent.xml") === before);
	const told = log().filter(({ act }) => act === "edited");
	check("the log says who", told.length >= 3 && told.every(({ who, known }) => who === "Anna" && known === "link"), JSON.stringify(told));
}

// What is typed outlives news, and is not written over what somebody else saved.
async function typesWhileOthersSave(page, other) {
	const before = read("recipients/kent.xml");
	await go(page, "kent");
	const fold = await unfold(page, `edit-${await number(page, "area")}`);
	await fold.locator("textarea").pressSequentially("ish");
	writeFileSync(path("recipients/kent.xml"), before.replace("<area>Kent", "<area>West Kent"));
	await other.locator("dd", { hasText: "West Kent" }).first().waitFor();
	await page.locator("dd", { hasText: "West Kent" }).first().waitFor();
	await settled(page);
	check("what was typed is still there, and has the focus", await page.evaluate(() =>
		document.activeElement.matches("textarea") && document.activeElement.value.includes("ish")));
	await page.locator("details[data-fix^=edit-][open] form button").click();
	await said(page, "saved anew since it was shown");
	check("and is not written over what was saved", read("recipients/kent.xml").includes("<area>West Kent<"));
	writeFileSync(path("recipients/kent.xml"), before);
	await page.evaluate(() => { typed.clear(); for (const one of document.querySelectorAll("details.fixing form")) one.reset(); });
	await page.locator("dd", { hasText: "West Kent" }).first().waitFor({ state: "detached" });
	await settled(page);
}

async function confirms(page, link) {
	await go(page, "kent");
	const facts = page.locator(".confirm > li"), count = await facts.count();
	check("what is to be confirmed is what check says", count > 0 && count === lines(
		run("check", "--unconfirmed", "--only", "kent", "--diag=json").stdout).filter((line) => /N-(DERIVED|INFERRED|RECALLED)/u.test(line)).length);
	await look("confirm", `${link}letter/kent`, async (other) => {
		await other.locator(".confirm details summary").first().click();
	});
	for (let left = count; left; left--) {
		const name = await facts.first().locator("b").innerText();
		await facts.first().locator("summary").click();
		await facts.first().locator("[name=source]").fill(`https://example.org/${name}?a=1&b="2"`);
		await facts.first().locator("[name=date]").fill("2020-09");
		await facts.first().locator("form button").first().click();
		await page.waitForFunction((n) => document.querySelectorAll(".confirm > li").length === n, left - 1);
		const { about } = field("kent", name);
		check(`${name} is confirmed in the record`, about.standing === "seen" && about["source-date"] === "2020-09" &&
			about.source === `https://example.org/${name}?a=1&b="2"`, JSON.stringify(about));
		check("and in the log", log().some(({ act, who, note }) => act === "confirmed" && who === "Anna" && note.startsWith(`${name} was seen in https`)));
	}
}

const approve = async (page, id) => {
	await go(page, id);
	for (let press = 0; press < 4 && !await page.locator("[data-set=withdraw]").count(); press++) {
		const answered = page.waitForResponse((answer) => answer.url().includes("/approve/"), { timeout: 15000 }).catch(() => 0);
		await page.keyboard.press("a");
		await answered;
		await settled(page);
	}
	await page.locator("[data-set=withdraw]").waitFor();
};

async function rejectsAndAnswers(anna, ben, link) {
	await approve(anna, "kent");
	await go(ben, "kent");
	await ben.fill("#words", "the name is <wrong>");
	await ben.click("[data-set=reject]");
	await anna.locator("#approval", { hasText: "the name is <wrong>" }).waitFor();
	check("a rejection holds the letter", /kent/u.test(run("status", "--approved-only", "--no-sign", "--only", "kent").stdout) &&
		/"state":"held".*rejected/u.test(run("status", "--json", "--approved-only", "--no-sign", "--only", "kent").stdout));
	await look("rejected", `${link}letter/kent`);
	await settled(anna);
	await anna.fill("#words", "it is his name");
	await anna.click("[data-set=answer]");
	await anna.locator("#approval .against").waitFor({ state: "detached" });
	check("an answer lets it go", !/rejected/u.test(run("status", "--json", "--approved-only", "--no-sign", "--only", "kent").stdout));
	await approve(ben, "kent");
	await anna.locator("#approval", { hasText: "Ben" }).waitFor();
	check("two have approved it, by links of their own", approvals().filter(({ id, known }) => id === "kent" && known === "link")
		.map(({ by }) => by).sort().join() === "Anna,Ben", JSON.stringify(approvals()));
}

// Under an approval: the screen names it, and the approval is void in the files too.
async function changesUnderAnApproval(page, link, change) {
	const file = path(change.file), before = readFileSync(file, "utf8");
	await go(page, "kent");
	writeFileSync(file, change.edit(before));
	await page.locator("#approval p", { hasText: "Changed since it was approved" }).waitFor();
	check(`${change.name}: the approvals are void in the files`, /"state":"held"/u.test(
		run("status", "--json", "--approvals", "2", "--no-sign", "--only", "kent").stdout));
	await page.keyboard.press("c");
	await page.locator("#changes li", { hasText: change.says }).first().waitFor();
	await settled(page);
	await look(change.name, `${link}letter/kent?changes=1`);
	writeFileSync(file, before);
	await page.locator("#approval b", { hasText: "Approved" }).waitFor();
	check(`${change.name}: undone, the approvals are good again`, !/"state":"held"/u.test(
		run("status", "--json", "--approvals", "2", "--no-sign", "--only", "kent").stdout));
}

async function signsOff(anna, ben) {
	const ids = readdirSync(path("recipients")).filter((name) => name.endsWith(".xml")).map((name) => name.slice(0, -4));
	for (const page of [anna, ben])
		for (const id of ids)
			if (id !== "essex" || page === ben)
				await approve(page, id);
	await anna.locator("#states", { hasText: /Approved\s*18/u }).waitFor();
	check("18 times two approvals stand", approvals().filter(({ known }) => known === "link").length === 36 &&
		!/"state":"held"/u.test(run("status", "--json", "--approvals", "2", "--no-sign").stdout));
	const letters = log().filter(({ act }) => act === "approved").map(({ id, who }) => `${id} ${who}`);
	check("each is in the log", ids.every((id) => letters.includes(`${id} Anna`) && letters.includes(`${id} Ben`)));
	return ids;
}

async function writesAndSigns(page, link, ids) {
	await page.click("#write");
	await page.locator("main.summary").waitFor();
	const cell = (name) => page.locator("main tr", { hasText: name }).first().innerText();
	check("the summary counts what status counts", /18/u.test(await cell("To be written")) && /18/u.test(await cell("Approved")) &&
		lines(run("status", "--json", "--approvals", "2").stdout).every((line) => JSON.parse(line).state !== "held"));
	check("and says who signs", (await page.locator("main dl").innerText()).includes("Jo Bloggs"));
	await look("summary", `${link}write`, () => 0);
	await page.locator("main.summary form button").click();
	await page.locator("a[download]").waitFor();
	const report = await page.locator("main").innerText(), told = JSON.parse(read("out/run.json"));
	check("the report says what run.json says", report.includes("18") && JSON.stringify(told).includes("18"), report.slice(0, 400));
	await look("report", `${link}report`);
	const files = readdirSync(path("out")).filter((name) => name.endsWith(".pdf"));
	check("as many files as letters", files.length === ids.length);
	const verdict = run("verify", "--manifest", "out/manifest.json");
	check("the list and its log are unbroken", !/E-(LOG|MANIFEST)/u.test(verdict.stdout + verdict.stderr), verdict.stdout + verdict.stderr);
	const words = spawnSync("pdftotext", ["-layout", path("out/kent.pdf"), "-"], { encoding: "utf8" }).stdout;
	check("the letter says what the record says", field("kent", "address").text.every((line) => words.includes(line)), words.slice(0, 800));
	const signed = run("verify", "out/kent.pdf");
	check("and is signed", /Jo Bloggs/u.test(signed.stdout + signed.stderr), signed.stdout + signed.stderr);
	check("the log says so", log().some(({ act, id }) => act === "written" && id === "kent") && log().some(({ act }) => act === "signed"));
	await page.goto(link);
	await settled(page);
}

/* -- the day -- */

const seal = (colour) => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><circle cx="10" cy="10" r="9" fill="${colour}"/></svg>`;

function prepare() {
	const letter = "templates/vru-letter.xml";
	writeFileSync(path("templates/seal.svg"), seal("#1d4f80"));
	writeFileSync(path(letter), read(letter).replace(/<salutation>/u, '<image src="seal.svg" alt="The seal of the office" width="12mm"/>\n  <salutation>'));
	run("identity", "new", "Jo Bloggs");
}

async function serve() {
	const desk = spawn(program, ["serve", "-q", "--person", "Anna", "--person", "Ben", "--approvals", "2"],
		{ cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
	process.on("exit", () => desk.kill());
	let told = "";
	await new Promise((resolve) => desk.stdout.on("data", (data) => {
		told += data;
		if (told.split("\n").length > 2)
			resolve();
	}));
	return { desk, links: told.match(/http:\S+/gu) };
}

async function judge() {
	prepare();
	const { desk, links: [annas, bens] } = await serve();
	const anna = await open(annas), ben = await open(bens, screens[1][1]);
	await anna.locator("#status", { hasText: "18 letters checked" }).waitFor();
	await approve(anna, "essex"); // with the first approval begins the log
	await mendsARecord(anna, annas);
	await editsAndUndoes(anna, annas);
	await go(ben, "kent");
	await typesWhileOthersSave(anna, ben);
	await confirms(anna, annas);
	await rejectsAndAnswers(anna, ben, annas);
	await changesUnderAnApproval(anna, annas, { name: "link", file: "templates/vru-letter.xml",
		edit: (text) => text.replace(/publication-of-the-independent-anti-slavery-commissioner-s-annual-report-2019-2020\//u, "annual-report-2021/"),
		says: /link of .Annual Report.: .*→.*annual-report-2021/u });
	await changesUnderAnApproval(anna, annas, { name: "picture", file: "templates/seal.svg",
		edit: () => seal("#a01010"), says: /picture|seal/iu });
	const ids = await signsOff(anna, ben);
	await look("approved", `${annas}letter/kent`);
	await writesAndSigns(anna, annas, ids);
	await look("written", `${annas}letter/kent`);
	desk.kill();
}

try {
	await judge();
} catch (error) { // something did not come in a minute
	console.log(`gave up: ${error.stack.replace(/\u001b\[\d+m/gu, "")}`); // which is in colours
	for (const page of browser.contexts().flatMap((context) => context.pages())) {
		console.log(page.url(), await page.evaluate(() => ["#status", "#message", "#alarm", "#approval", "#side"].map(
			(selector) => `${selector}: ${document.querySelector(selector)?.innerText}`).join("\n")).catch(String));
		if (pictures)
			await page.screenshot({ path: join(pictures, "gave-up.png") }).catch(() => 0);
	}
	process.exit(2);
}
check("nothing complained", !complaints.length, complaints.join("\n"));
await browser.close();
process.exit(failed ? 1 : 0);
