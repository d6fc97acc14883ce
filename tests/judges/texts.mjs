// What pdf.js gives of the pages of letters to who selects all: ID.pdfjs.txt beside each.
//
//   node texts.mjs FILE.pdf...
import { readFileSync, writeFileSync } from "node:fs";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";

for (const path of process.argv.slice(2)) {
	const document = await getDocument({ data: new Uint8Array(readFileSync(path)), verbosity: 0 }).promise;
	let text = "";
	for (let number = 1; number <= document.numPages; number++) {
		const content = await (await document.getPage(number)).getTextContent();
		for (const item of content.items)
			text += item.str + (item.hasEOL ? "\n" : "");
		text += "\f";
	}
	writeFileSync(path.replace(/\.pdf$/u, ".pdfjs.txt"), text);
	await document.destroy();
}
