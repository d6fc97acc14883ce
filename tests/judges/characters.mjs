// What pdf.js reads in letters from right to left: the characters of the text twin, in their order.
//
//   node characters.mjs FOLDER    for each LANGUAGE/ID.pdf with its ID.txt
//
// pdf.js leaves out signs of no width, and the blank where the direction changes, and does not place a
// sign over a letter by itself, so that one on the last letter of a word from right to left may come
// elsewhere: neither matters here. Order is that of the tags.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { contents } from "./contents.mjs";

// In Noto CJK a Chinese dash is the glyph of U+2015.
const squeezed = (text) => text.normalize("NFKC").replace(/[\s\p{Cf}]/gu, "").replace(/\u2015/gu, "\u2014");

async function read(path) {
	const document = await getDocument({ data: new Uint8Array(readFileSync(path)), verbosity: 0 }).promise;
	let text = "";
	for (let number = 1; number <= document.numPages; number++) {
		const page = await document.getPage(number);
		const texts = await contents(page);
		const walk = (node) => {
			if (node.type === "content")
				text += texts.get(node.id) ?? "";
			for (const child of node.children ?? [])
				walk(child);
		};
		walk(await page.getStructTree());
	}
	return text;
}

const unpointed = (text) => text.replace(/[\u0591-\u05C7\u064B-\u065F\u0670]/gu, "");

// All of the other's characters, whatever stands beside them, as heads and page numbers do.
function holds(text, other) {
	const counts = new Map();
	for (const c of text)
		counts.set(c, (counts.get(c) ?? 0) + 1);
	return [...other].every((c) => counts.set(c, (counts.get(c) ?? 0) - 1).get(c) >= 0);
}

const folder = process.argv[2];
let count = 0, bad = 0;
for (const language of readdirSync(folder))
	for (const name of readdirSync(join(folder, language)).filter((name) => name.endsWith(".pdf"))) {
		const twin = readFileSync(join(folder, language, name.replace(/pdf$/u, "txt")), "utf8");
		const text = squeezed(await read(join(folder, language, name)));
		count++;
		// In the tags a note stands in its paragraph, and not behind it.
		const lines = twin.split("\n").filter((line) => !/[¹²³]/u.test(line) && !text.includes(squeezed(line)) &&
			!unpointed(text).includes(unpointed(squeezed(line))));
		if (!holds(text, squeezed(twin)) || lines.length)
			console.log(`${language}/${name}: pdf.js has not ${JSON.stringify(lines)}`, bad++);
	}
console.log(`${count} letters read by pdf.js`);
process.exit(bad ? 1 : 0);
