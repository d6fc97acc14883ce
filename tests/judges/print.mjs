// Letters as Chromium prints them: FOLDER/KIND/ID.pdf of each FROM/KIND/ID.html, in the family that FROM/KIND.family names.
//
//   node print.mjs FROM FOLDER
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const options = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
	"--disable-background-networking", "--disable-component-update"];
const [from, folder] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: options });
const page = await browser.newPage();
for (const kind of readdirSync(from).filter((name) => name.endsWith(".family")).map((name) => name.slice(0, -7))) {
	const family = readFileSync(join(from, `${kind}.family`), "utf8").trim();
	mkdirSync(join(folder, kind), { recursive: true });
	for (const name of readdirSync(join(from, kind)).filter((name) => name.endsWith(".html"))) {
		await page.goto(pathToFileURL(resolve(join(from, kind, name))).href);
		await page.addStyleTag({ content: `*{font-family:${family}!important}body{font-size:11pt!important}` });
		await page.pdf({ path: join(folder, kind, name.replace(/html$/u, "pdf")), format: "A4", tagged: true });
	}
}
await browser.close();
