// What a screen reader is told, by pdf.js: the structure tree's text must be the text twin's.
//
//   node reading.mjs FOLDER...    for each ID.pdf with its ID.txt; a folder has some
//
// pdf.js gives a tree for each page, with that page's content alone. So the pages' blocks are taken
// up in step with the twin: each line of the twin must be used up by the next blocks of the pages,
// in order (a paragraph that goes on overleaf by one block of each page), and no block be left.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { contents } from "./contents.mjs";

const inline = new Set(["Span", "Em", "Strong", "Link", "Reference"]);

// Composed, since pdf.js reads what glyphs say and no ActualText.
function plain(text) {
	return text.normalize("NFC").replace(/\u00AD\s*/gu, "").replace(/[^\S\n]*\n\s*/gu, "\n")
		.replace(/[^\S\n]+/gu, " ").trim();
}

// Blocks in the tree's order; a block is the text between two elements that are not inline.
function blocks(tree, texts) {
	const found = [""];
	const walk = (node) => {
		if (node.type === "content") {
			found[found.length - 1] += texts.get(node.id) ?? "";
			return;
		}
		if (!inline.has(node.role))
			found.push("");
		if (node.alt)
			found[found.length - 1] += `[${node.alt}]`;
		for (const child of node.children ?? [])
			walk(child);
		if (!inline.has(node.role))
			found.push("");
	};
	walk(tree);
	return found.map(plain).filter((text) => text);
}

async function pages(path) {
	const document = await getDocument({
		data: new Uint8Array(readFileSync(path)), useSystemFonts: true, verbosity: 0,
	}).promise;
	const all = [];
	for (let number = 1; number <= document.numPages; number++) {
		const page = await document.getPage(number);
		// pdf.js takes the blank away at which a line ends, and the soft hyphen too.
		all.push(blocks(await page.getStructTree(), await contents(page, "\n")));
	}
	await document.destroy();
	return all;
}

// What is left of two texts once the shorter is taken off the longer's beginning; null: it is not
// the beginning. A line's end stands for a blank, or for nothing: the word was divided.
function without(longer, shorter) {
	let at = 0;
	for (let i = 0; i < shorter.length; i++) {
		if (shorter[i] === "\n") {
			at += longer[at] === " ";
			continue;
		}
		if (longer[at] === "\n" && longer[++at] !== shorter[i] && shorter[i] === " ")
			continue;
		if (longer[at++] !== shorter[i])
			return null;
	}
	return longer.slice(at).trimStart();
}

// Says where the two part, or nothing. A line of the twin may be several blocks (a label and its
// text), and a block several lines (with a forced line end).
function compare(all, twin) {
	const step = (line) => {
		for (const page of all) {
			const [block = ""] = page;
			if (!block)
				continue;
			const rest = without(line, block);
			if (rest !== null) {
				page.shift();
				return rest;
			}
			const left = without(block, line);
			if (left !== null) {
				page[0] = left;
				return "";
			}
		}
		return null;
	};
	for (const line of twin.split("\n").map(plain).filter((text) => text))
		for (let rest = line; rest;) {
			const before = rest;
			rest = step(rest);
			if (rest === null)
				return `the twin goes on with "${before.slice(0, 80)}", the pages with ` +
					JSON.stringify(all.map(([block]) => block?.slice(0, 80)));
		}
	const left = all.flat().find((block) => block);
	return left && `the pages have "${left.slice(0, 80)}" beyond the twin`;
}

let letters = 0;
let failed = 0;
for (const folder of process.argv.slice(2)) {
	const names = readdirSync(folder).filter((file) => file.endsWith(".pdf")).sort();
	if (!names.length)
		console.error(`${folder}: no letters`, failed++);
	for (const name of names) {
		const path = join(folder, name);
		const difference = compare(await pages(path), readFileSync(path.replace(/pdf$/u, "txt"), "utf8"));
		letters++;
		if (difference) {
			failed++;
			console.error(`${path}: ${difference}`);
		}
	}
}
console.log(`${letters} letters read by pdf.js, ${failed} differ from their text`);
process.exit(failed || !letters ? 1 : 0);
